package dev.starling.snapshot.fetch;

import dev.starling.snapshot.cache.Spool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Reads a spool from any position, a buffer at a time. Does not own it; not thread-safe. */
final class SpoolInput extends InputStream {

  private static final int BUFFER = 16 << 10;

  private final Spool spool;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);
  private long bufferEnd;

  SpoolInput(Spool spool) {
    this.spool = spool;
  }

  /** Goes on reading there; what is buffered is kept if it covers it. */
  void seek(long position) {
    long start = bufferEnd - buffer.limit();
    if (position >= start && position <= bufferEnd) {
      buffer.position((int) (position - start));
    } else {
      buffer.limit(0);
      bufferEnd = position;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length > 0 && !buffer.hasRemaining()) {
      int read = spool.readAt(buffer.clear(), bufferEnd);
      buffer.flip();
      if (read < 0) {
        buffer.limit(0);
        return -1;
      }
      bufferEnd += read;
    }
    int count = Math.min(length, buffer.remaining());
    buffer.get(target, offset, count);
    return count;
  }
}
