package dev.starling.snapshot.cache;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * An inflated layer, which can be read at any offset until it is closed, even if the cache no
 * longer has it. Thread-safe.
 */
public final class Spool implements Closeable {

  private final Path path;
  private final long size;
  private final Runnable onClose;
  private volatile FileChannel file;
  private boolean closed;

  /**
   * @param onClose runs once
   */
  Spool(Path path, Runnable onClose) throws IOException {
    this.path = path;
    this.file = FileChannel.open(path, StandardOpenOption.READ);
    this.size = file.size();
    this.onClose = onClose;
  }

  /** Its length in bytes. */
  public long size() {
    return size;
  }

  /**
   * Reads at most what the target has room for.
   *
   * @return the number of bytes, -1 at or beyond the end
   */
  public int readAt(ByteBuffer target, long offset) throws IOException {
    FileChannel current = file;
    try {
      return current.read(target, offset);
    } catch (ClosedChannelException e) {
      // An interrupted reader takes the channel with it, for all others, too.
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return reopen(current).read(target, offset);
    }
  }

  private synchronized FileChannel reopen(FileChannel broken) throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    if (file.equals(broken)) {
      file = FileChannel.open(path, StandardOpenOption.READ);
    }
    return file;
  }

  @Override
  public synchronized void close() throws IOException {
    if (!closed) {
      closed = true;
      onClose.run();
      file.close();
    }
  }
}
