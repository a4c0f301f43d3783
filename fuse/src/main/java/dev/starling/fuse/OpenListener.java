package dev.starling.fuse;

/**
 * Is told of every opening of a file, before it succeeds. Thread-safe, and quick: the one who opens
 * waits.
 */
@FunctionalInterface
public interface OpenListener {
  /**
   * Tells of one opening.
   *
   * @param path within the mount, starting with a slash
   */
  void opened(String path);
}
