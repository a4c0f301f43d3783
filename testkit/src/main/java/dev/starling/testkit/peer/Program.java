package dev.starling.testkit.peer;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * A program to be run to its end with both outputs caught. Immutable.
 *
 * @param command the program and its arguments
 * @param environment variables set on top of this process's own
 * @param directory the working directory
 * @param limit after which the program and its children are killed and the run fails
 */
public record Program(
    List<String> command, Map<String, String> environment, Path directory, Duration limit) {
  private static final File NULL = new File("/dev/null");
  private static final Executor THREADS = Thread::startVirtualThread;

  public Program {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  public static Program of(String... command) {
    return new Program(List.of(command), Map.of(), Path.of("/"), Duration.ofMinutes(5));
  }

  public Program with(String variable, String value) {
    Map<String, String> more = new LinkedHashMap<>(environment);
    more.put(variable, value);
    return new Program(command, more, directory, limit);
  }

  public Program in(Path folder) {
    return new Program(command, environment, folder, limit);
  }

  public Program limit(Duration duration) {
    return new Program(command, environment, directory, duration);
  }

  /** Starts it; the caller owns the process. */
  public ProcessBuilder builder() {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().putAll(environment);
    return builder;
  }

  /**
   * Runs to the end.
   *
   * @throws IOException when it cannot be started or is not done within the limit
   */
  public Outcome run() throws IOException, InterruptedException {
    Process process = builder().redirectInput(ProcessBuilder.Redirect.from(NULL)).start();
    CompletableFuture<String> out = read(process.getInputStream());
    CompletableFuture<String> err = read(process.getErrorStream());
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException(command + " was not done within " + limit);
      }
      return new Outcome(process.exitValue(), out.join(), err.join());
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /**
   * Runs to the end and expects success.
   *
   * @return what it wrote to stdout
   * @throws IOException also when the exit code is not 0, with the end of its output
   */
  public String check() throws IOException, InterruptedException {
    Outcome outcome = run();
    if (outcome.exit() != 0) {
      throw new IOException(
          command + " failed with " + outcome.exit() + ": " + outcome.err() + outcome.out());
    }
    return outcome.out();
  }

  private static CompletableFuture<String> read(InputStream in) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        THREADS);
  }

  /**
   * How a program ended.
   *
   * @param exit its exit code; 128 + n when signal n ended it
   * @param out all of stdout
   * @param err all of stderr
   */
  public record Outcome(int exit, String out, String err) {}
}
