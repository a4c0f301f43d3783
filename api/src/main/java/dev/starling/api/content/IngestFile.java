package dev.starling.api.content;

import dev.starling.api.internal.files.PathLock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A file of the ingest area that this process alone writes. Closing it keeps the file if it can be
 * continued, and removes it otherwise. Not thread-safe.
 */
final class IngestFile implements Closeable {

  private final IngestArea area;
  private final Path path;
  private final PathLock lock;
  private boolean keep;
  private boolean closed;

  IngestFile(IngestArea area, Path path, PathLock lock, boolean resumable) {
    this.area = area;
    this.path = path;
    this.lock = lock;
    this.keep = resumable;
  }

  Path path() {
    return path;
  }

  FileChannel channel() {
    return lock.channel();
  }

  void force() throws IOException {
    lock.channel().force(true);
  }

  /** Lets {@link #close} remove the file. */
  void discard() {
    keep = false;
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      area.release(path, lock, keep);
    }
  }
}
