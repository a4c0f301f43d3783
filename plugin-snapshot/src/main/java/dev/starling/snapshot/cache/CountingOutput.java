package dev.starling.snapshot.cache;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A new file that may not grow over a bound. Buffered; not thread-safe. */
final class CountingOutput extends OutputStream {

  private static final int BUFFER = 256 << 10;

  private final Path path;
  private final FileChannel file;
  private final long bound;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private long count;

  CountingOutput(Path path) throws IOException {
    this(path, Long.MAX_VALUE);
  }

  CountingOutput(Path path, long bound) throws IOException {
    this.path = path;
    this.file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    this.bound = bound;
  }

  /** How many bytes were written. */
  long count() {
    return count;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > bound - count) {
      throw new IOException(
          "it takes more than the cache's limit of " + bound + " bytes; raise the limit");
    }
    count += length;
    int at = offset;
    int left = length;
    while (left > 0) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      int part = Math.min(left, buffer.remaining());
      buffer.put(bytes, at, part);
      at += part;
      left -= part;
    }
  }

  @Override
  public void flush() throws IOException {
    buffer.flip();
    try {
      while (buffer.hasRemaining()) {
        var _ = file.write(buffer);
      }
    } catch (IOException e) {
      throw new IOException(
          "cannot write to " + path + ": " + e.getMessage() + "; is there room on the disk?", e);
    }
    buffer.clear();
  }

  /** Has all that was written on the disk. */
  void force() throws IOException {
    flush();
    file.force(false);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
