package org.example.sizereport;

import dev.starling.api.job.Progress;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Tells a line of progress how much was read. */
final class CountingInput extends FilterInputStream {

  private final Progress.Item item;

  CountingInput(InputStream in, Progress.Item item) {
    super(in);
    this.item = item;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    item.advance(read < 0 ? 0 : 1);
    return read;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    item.advance(Math.max(0, read));
    return read;
  }
}
