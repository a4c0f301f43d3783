package dev.starling.optimize.process;

import dev.starling.api.command.CommandException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs a short program to its end. */
public final class Tool {

  private static final int MAX_OUTPUT = 1 << 20;
  private static final long SECONDS = 60;
  private static final Path ROOT = Path.of("/");

  private Tool() {}

  /**
   * How it ended.
   *
   * @param exitCode 0 for success
   * @param out its standard output, at most 1 MiB
   * @param err its standard error, at most 1 MiB
   */
  public record Result(int exitCode, String out, String err) {}

  /**
   * Runs it and expects success.
   *
   * @throws IOException if it fails
   */
  public static void run(List<String> words) throws IOException {
    run(words, ROOT);
  }

  /**
   * Runs it in a directory and expects success.
   *
   * @throws IOException if it fails
   */
  public static void run(List<String> words, Path directory) throws IOException {
    Result result = run(words, directory, Map.of(), new byte[0]);
    if (result.exitCode() != 0) {
      throw new CommandException(
          String.join(" ", words) + " failed: " + result.err().strip().replace('\n', ' '));
    }
  }

  /**
   * Runs it, for at most a minute.
   *
   * @param environment on top of this process's own
   * @param input its standard input
   * @throws IOException if it cannot be started or does not end
   */
  public static Result run(List<String> words, Map<String, String> environment, byte[] input)
      throws IOException {
    return run(words, ROOT, environment, input);
  }

  private static Result run(
      List<String> words, Path directory, Map<String, String> environment, byte[] input)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      CompletableFuture<String> out = read(process.getInputStream());
      CompletableFuture<String> err = read(process.getErrorStream());
      try (OutputStream stdin = process.getOutputStream()) {
        stdin.write(input);
      } catch (IOException e) {
        // It ended without reading; its exit code says what that means.
      }
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        throw new CommandException(words.getFirst() + " did not end within " + SECONDS + " s");
      }
      return new Result(process.exitValue(), out.join(), err.join());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static CompletableFuture<String> read(InputStream in) {
    CompletableFuture<String> text = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try (in) {
            byte[] bytes = in.readNBytes(MAX_OUTPUT);
            in.transferTo(OutputStream.nullOutputStream());
            text.complete(new String(bytes, StandardCharsets.UTF_8));
          } catch (IOException e) {
            text.complete("");
          }
        });
    return text;
  }
}
