package dev.starling.optimize.network;

import dev.starling.optimize.process.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A network namespace held by a file, so that it is there before a process joins it and until all
 * of its network is taken down. Needs root.
 *
 * @param file the namespace, mounted over this file
 */
public record NetworkNamespace(Path file) implements AutoCloseable {

  /**
   * Makes one.
   *
   * @param file where to; its directory must exist, the file must not
   * @throws IOException if it cannot be made; nothing is left then
   */
  public static NetworkNamespace create(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    Files.createFile(absolute);
    NetworkNamespace namespace = new NetworkNamespace(absolute);
    try {
      Tool.run(List.of("unshare", "--net=" + absolute, "true"));
      return namespace;
    } catch (IOException | RuntimeException e) {
      try {
        remove(absolute);
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  /**
   * Removes one, also one that a killed process left, half-made or not there at all.
   *
   * @throws IOException if it is still there
   */
  public static void remove(Path file) throws IOException {
    if (mounted(file)) {
      Tool.run(List.of("umount", file.toString()));
    }
    Files.deleteIfExists(file);
  }

  private static boolean mounted(Path file) throws IOException {
    // mountinfo escapes what separates its fields; such paths are not made by this program.
    String field = " " + file.toAbsolutePath() + " ";
    return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
        .anyMatch(line -> line.contains(field) && line.contains(" - nsfs "));
  }

  @Override
  public void close() throws IOException {
    remove(file);
  }
}
