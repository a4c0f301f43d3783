package dev.starling.api.estargz;

import dev.starling.api.content.RandomAccessBlob;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;

/**
 * A range of a blob as a stream that ends when the thread is interrupted. Does not own the blob.
 */
final class BlobInput extends InputStream {

  private final RandomAccessBlob blob;
  private final long end;
  private long position;

  /** The bytes from {@code start} to before {@code end}, or to the blob's end if that is nearer. */
  BlobInput(RandomAccessBlob blob, long start, long end) {
    this.blob = blob;
    this.position = start;
    this.end = end;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("reading a layer was interrupted");
    }
    int wanted = (int) Math.min(length, end - position);
    if (wanted <= 0) {
      return length == 0 ? 0 : -1;
    }
    int read = blob.readAt(ByteBuffer.wrap(target, offset, wanted), position);
    position += Math.max(read, 0);
    return read;
  }
}
