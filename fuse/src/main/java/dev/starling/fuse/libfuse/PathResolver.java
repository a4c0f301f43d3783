package dev.starling.fuse.libfuse;

import dev.starling.fuse.ReadOnlyFileSystem;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Finds the node of a path, starting from the longest part of the path that it remembers. Remembers
 * some thousand paths: a path is asked for several times in a row, and its siblings next.
 * Thread-safe.
 */
final class PathResolver<N> {
  private static final int SLOTS = 1024;

  private record Known<N>(String path, N node) {}

  private final ReadOnlyFileSystem<N> files;
  private final AtomicReferenceArray<@Nullable Known<N>> slots = new AtomicReferenceArray<>(SLOTS);

  PathResolver(ReadOnlyFileSystem<N> files) {
    this.files = files;
  }

  /**
   * Looks a path up.
   *
   * @param path starts with a slash, and ends with one only if it is the root
   * @return null if there is none
   */
  @Nullable N resolve(String path) throws IOException {
    int end = path.length();
    if (end == 1) {
      return files.root();
    }
    N node = recall(path);
    int from = end;
    while (node == null) {
      from = path.lastIndexOf('/', from - 1);
      node = from <= 0 ? files.root() : recall(path.substring(0, from));
    }
    while (from < end) {
      int slash = path.indexOf('/', from + 1);
      int next = slash < 0 ? end : slash;
      node = files.lookup(node, path.substring(from + 1, next));
      if (node == null) {
        return null;
      }
      remember(path.substring(0, next), node);
      from = next;
    }
    return node;
  }

  private @Nullable N recall(String path) {
    Known<N> known = slots.get(slot(path));
    return known != null && known.path().equals(path) ? known.node() : null;
  }

  private void remember(String path, N node) {
    slots.set(slot(path), new Known<>(path, node));
  }

  private static int slot(String path) {
    int hash = path.hashCode();
    return (hash ^ (hash >>> 12) ^ (hash >>> 24)) & (SLOTS - 1);
  }
}
