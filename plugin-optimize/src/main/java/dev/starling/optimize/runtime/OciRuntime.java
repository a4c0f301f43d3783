package dev.starling.optimize.runtime;

import dev.starling.api.command.CommandException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An OCI runtime's command line: runc's, which crun understands as well.
 *
 * @param program the runtime, an absolute path
 * @param state where it keeps the containers it runs; nobody else's, so that no container of
 *     another program has the same name
 * @see <a href="https://github.com/opencontainers/runtime-spec/blob/main/runtime.md">OCI runtime
 *     specification, runtime.md</a>
 */
public record OciRuntime(Path program, Path state) {

  private static final String SEARCHED = ":/usr/local/sbin:/usr/sbin:/sbin";
  private static final int MAX_OUTPUT = 64 * 1024;
  private static final long SECONDS = 60;

  /**
   * Finds the program.
   *
   * @param name to be looked for on the PATH and in the system's directories, or a path
   * @param state made when it is needed
   * @throws CommandException if there is none
   */
  public static OciRuntime find(String name, Path state) throws CommandException {
    String path = System.getenv().getOrDefault("PATH", "") + SEARCHED;
    List<Path> candidates =
        name.contains("/")
            ? List.of(Path.of(name).toAbsolutePath())
            : Stream.of(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name).toAbsolutePath())
                .toList();
    for (Path candidate : candidates) {
      if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
        return new OciRuntime(candidate, state.toAbsolutePath());
      }
    }
    throw new CommandException(
        "there is no program "
            + name
            + " to run containers; install it (apt-get install runc) or name another by"
            + " --runtime");
  }

  /** The words of a command. */
  List<String> words(List<String> command) {
    List<String> words = new ArrayList<>(List.of(program.toString(), "--root", state.toString()));
    words.addAll(command);
    return words;
  }

  /**
   * Sends a signal to a container's first process.
   *
   * @throws IOException if that fails, as when it is gone already
   */
  void kill(String id, String signal) throws IOException {
    call("kill", id, signal);
  }

  /**
   * Ends and forgets a container. Nothing happens if there is none.
   *
   * @throws IOException if it is still there
   */
  public void delete(String id) throws IOException {
    if (Files.isDirectory(state.resolve(id))) {
      call("delete", "--force", id);
    }
  }

  /**
   * Ends and forgets all containers of this state directory, then removes it: what a process leaves
   * that was killed.
   *
   * @throws IOException if one is still there
   */
  public void deleteAll() throws IOException {
    if (!Files.isDirectory(state)) {
      return;
    }
    try (DirectoryStream<Path> containers = Files.newDirectoryStream(state)) {
      for (Path container : containers) {
        delete(String.valueOf(container.getFileName()));
      }
    }
    Files.deleteIfExists(state);
  }

  private void call(String... command) throws IOException {
    Process process =
        new ProcessBuilder(words(List.of(command)))
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .start();
    try {
      byte[] output = process.getInputStream().readNBytes(MAX_OUTPUT);
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(program + " " + command[0] + " did not end");
      }
      if (process.exitValue() != 0) {
        throw new IOException(
            program
                + " "
                + String.join(" ", command)
                + " failed: "
                + new String(output, StandardCharsets.UTF_8).strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted during " + program + " " + command[0], e);
    } finally {
      process.destroyForcibly();
    }
  }
}
