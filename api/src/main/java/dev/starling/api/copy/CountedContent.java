package dev.starling.api.copy;

import dev.starling.api.content.BlobContent;
import dev.starling.api.content.ImageSource;
import dev.starling.api.image.Descriptor;
import dev.starling.api.job.Cancellation;
import dev.starling.api.job.Progress;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/**
 * A source's blob on its way to a sink: counts each byte once for the progress line, however often
 * the sink starts over, and ends when the job is cancelled.
 */
final class CountedContent implements BlobContent {

  private final ImageSource source;
  private final Descriptor blob;
  private final Progress.Item item;
  private final Progress.State moving;
  private final Cancellation cancellation;
  private boolean started;
  private long counted;

  CountedContent(
      ImageSource source,
      Descriptor blob,
      Progress.Item item,
      Progress.State moving,
      Cancellation cancellation) {
    this.source = source;
    this.blob = blob;
    this.item = item;
    this.moving = moving;
    this.cancellation = cancellation;
  }

  @Override
  public InputStream open(long offset) throws IOException {
    cancellation.check();
    begin();
    passed(offset);
    return new Counting(source.openBlob(blob, offset), offset);
  }

  private void checkWanted() throws InterruptedIOException {
    cancellation.check();
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("given up, because another transfer failed");
    }
  }

  private synchronized void begin() {
    if (!started) {
      started = true;
      item.state(moving, blob.size());
    }
  }

  private synchronized void passed(long position) {
    if (position > counted) {
      item.advance(position - counted);
      counted = position;
    }
  }

  private final class Counting extends FilterInputStream {
    private long position;

    Counting(InputStream in, long offset) {
      super(in);
      this.position = offset;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      checkWanted();
      int read = in.read(buffer, offset, length);
      if (read > 0) {
        position += read;
        passed(position);
      }
      return read;
    }

    @Override
    public long skip(long n) throws IOException {
      long skipped = in.skip(n);
      position += skipped;
      passed(position);
      return skipped;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
