package dev.starling.fuse;

/** Is told of every call that ended as EIO, since the reader only sees that number. Thread-safe. */
@FunctionalInterface
public interface FailureListener {
  /**
   * Tells of one call.
   *
   * @param operation {@code read}, {@code lookup} and so on
   * @param path within the mount, starting with a slash
   * @param cause what the file system threw
   */
  void failed(String operation, String path, Throwable cause);
}
