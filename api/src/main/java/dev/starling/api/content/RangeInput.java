package dev.starling.api.content;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;

/**
 * A part of a blob that is read as the reader asks for it, until the thread is interrupted. Not
 * thread-safe.
 */
final class RangeInput extends InputStream {

  private final RandomAccessBlob blob;
  private long position;
  private long left;

  RangeInput(RandomAccessBlob blob, long offset, long length) {
    this.blob = blob;
    this.position = offset;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left <= 0) {
      return -1;
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("reading a blob was interrupted");
    }
    int read = blob.readAt(ByteBuffer.wrap(target, offset, (int) Math.min(length, left)), position);
    if (read > 0) {
      position += read;
      left -= read;
    }
    return read;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = Math.clamp(Math.min(count, blob.size() - position), 0, left);
    position += skipped;
    left -= skipped;
    return skipped;
  }
}
