package dev.starling.snapshot.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Writes what is read to another place as well; neither is closed with it. Not thread-safe. */
final class CopyingInput extends InputStream {

  private final InputStream in;
  private final OutputStream copy;

  CopyingInput(InputStream in, OutputStream copy) {
    this.in = in;
    this.copy = copy;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
    if (read > 0) {
      copy.write(buffer, offset, read);
    }
    return read;
  }
}
