package dev.starling.optimize.bundle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files of a root file system, found as a process inside it would find them: no link leads out. The
 * root must not change meanwhile. Thread-safe.
 */
final class RootFiles {

  /** As the kernel has it. */
  private static final int MAX_LINKS = 40;

  private static final long MAX_SIZE = 4 << 20;

  private final Path root;

  RootFiles(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /**
   * The lines of a text file.
   *
   * @param path absolute, as inside
   * @return empty if there is no such regular file
   * @throws IOException if it is larger than 4 MiB, its path has too many links, or reading fails
   */
  List<String> lines(String path) throws IOException {
    Path file = find(path);
    if (file == null || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    if (Files.size(file) > MAX_SIZE) {
      throw new IOException("the image's " + path + " is larger than 4 MiB");
    }
    // Only ASCII parts are looked at; a name in another encoding must not be an error.
    return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
  }

  /**
   * Where a path inside lies outside, all links resolved.
   *
   * @return null if there is nothing
   * @throws IOException if there are too many links
   */
  @Nullable Path find(String path) throws IOException {
    Deque<String> left = new ArrayDeque<>(List.of(path.split("/", -1)));
    Path at = root;
    int links = 0;
    while (!left.isEmpty()) {
      String name = left.pop();
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      if (name.equals("..")) {
        at = at.equals(root) ? root : parent(at);
        continue;
      }
      Path next = at.resolve(name);
      if (!Files.isSymbolicLink(next)) {
        at = next;
        continue;
      }
      if (++links > MAX_LINKS) {
        throw new IOException("the image's " + path + " has too many symbolic links");
      }
      String target = Files.readSymbolicLink(next).toString();
      at = target.startsWith("/") ? root : at;
      List.of(target.split("/", -1)).reversed().forEach(left::push);
    }
    return Files.exists(at, LinkOption.NOFOLLOW_LINKS) ? at : null;
  }

  private Path parent(Path path) {
    Path parent = path.getParent();
    return parent == null ? root : parent;
  }
}
