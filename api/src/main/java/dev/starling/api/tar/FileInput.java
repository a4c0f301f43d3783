package dev.starling.api.tar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads a file from any position, a buffer at a time. Does not own the file. */
final class FileInput extends InputStream {

  private static final int BUFFER = 256 << 10;

  private final FileChannel file;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).limit(0);
  private long bufferEnd;

  FileInput(FileChannel file) {
    this.file = file;
  }

  /** Goes on reading at {@code position}; what is buffered is kept if it covers it. */
  void seek(long position) {
    long bufferStart = bufferEnd - buffer.limit();
    if (position >= bufferStart && position <= bufferEnd) {
      buffer.position((int) (position - bufferStart));
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
      buffer.clear();
      int read = file.read(buffer, bufferEnd);
      buffer.flip();
      if (read < 0) {
        return -1;
      }
      bufferEnd += read;
    }
    int count = Math.min(length, buffer.remaining());
    buffer.get(target, offset, count);
    return count;
  }
}
