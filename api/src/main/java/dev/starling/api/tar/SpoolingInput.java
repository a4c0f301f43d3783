package dev.starling.api.tar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Writes everything that is read through it to a file. Closing it writes the rest out. */
final class SpoolingInput extends InputStream {

  private static final int BUFFER = 256 << 10;

  private final InputStream in;
  private final FileChannel file;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);

  SpoolingInput(InputStream in, FileChannel file) {
    this.in = in;
    this.file = file;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = in.read(target, offset, Math.min(length, BUFFER));
    if (read > buffer.remaining()) {
      flushBuffer();
    }
    if (read > 0) {
      buffer.put(target, offset, read);
    }
    return read;
  }

  private void flushBuffer() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      file.write(buffer);
    }
    buffer.clear();
  }

  @Override
  public void close() throws IOException {
    flushBuffer();
  }
}
