package dev.starling.api.estargz;

import dev.starling.api.image.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.util.function.LongConsumer;

/**
 * Hashes a decompressed layer while it is read, reports progress, and ends when the thread is
 * interrupted. Not thread-safe.
 */
final class SourceInput extends FilterInputStream {

  private static final int REPORT = 1 << 20;

  private final MessageDigest hash = Digest.newSha256();
  private final LongConsumer progress;
  private long unreported;
  private long total;

  SourceInput(InputStream decompressed, LongConsumer progress) {
    super(decompressed);
    this.progress = progress;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("converting the layer was interrupted");
    }
    int read = in.read(buffer, offset, length);
    if (read > 0) {
      hash.update(buffer, offset, read);
      unreported += read;
      total += read;
    }
    if (unreported >= REPORT || (read < 0 && unreported > 0)) {
      progress.accept(unreported);
      unreported = 0;
    }
    return read;
  }

  @Override
  public long skip(long n) throws IOException {
    byte[] buffer = new byte[Math.clamp(n, 0, 8192)];
    return buffer.length == 0 ? 0 : Math.max(0, read(buffer, 0, buffer.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** How many bytes were read. */
  long length() {
    return total;
  }

  /** The digest of all that was read, once. */
  Digest digest() {
    return Digest.of(hash.digest());
  }
}
