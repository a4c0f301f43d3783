package dev.starling.convert;

import dev.starling.api.job.Progress;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reports what passes through as progress. Not thread-safe. */
final class CountingInputStream extends FilterInputStream {

  private final Progress.Item item;

  CountingInputStream(InputStream in, Progress.Item item) {
    super(in);
    this.item = item;
  }

  @Override
  public int read() throws IOException {
    int value = in.read();
    if (value >= 0) {
      item.advance(1);
    }
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
    if (read > 0) {
      item.advance(read);
    }
    return read;
  }
}
