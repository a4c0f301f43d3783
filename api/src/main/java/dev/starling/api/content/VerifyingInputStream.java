package dev.starling.api.content;

import dev.starling.api.image.Descriptor;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Passes a blob's bytes through and compares size and digest with the descriptor's before the end
 * is reported, so that a reader that saw the end has seen the right bytes. Not thread-safe.
 */
public final class VerifyingInputStream extends FilterInputStream {

  private final Descriptor expected;
  private final MessageDigest hash;
  private long count;
  private boolean verified;

  /** A stream that ends with a failure unless it has this size and digest. */
  public VerifyingInputStream(InputStream in, Descriptor expected) {
    super(in);
    this.expected = expected;
    this.hash = expected.digest().newMessageDigest();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
    if (read < 0) {
      verify();
      return -1;
    }
    count += read;
    if (count > expected.size()) {
      throw new CorruptContentException(
          "blob " + expected.digest() + " is longer than its " + expected.size() + " bytes");
    }
    hash.update(buffer, offset, read);
    return read;
  }

  private void verify() throws CorruptContentException {
    if (verified) {
      return;
    }
    if (count != expected.size()) {
      throw new CorruptContentException(
          "blob " + expected.digest() + ": got " + count + " bytes, expected " + expected.size());
    }
    String actual = HexFormat.of().formatHex(hash.digest());
    if (!actual.equals(expected.digest().hex())) {
      throw new CorruptContentException(
          "blob "
              + expected.digest()
              + ": its bytes hash to "
              + expected.digest().algorithm()
              + ":"
              + actual);
    }
    verified = true;
  }

  /** Skips by reading, so that what is skipped is hashed too. */
  @Override
  public long skip(long n) throws IOException {
    byte[] buffer = new byte[(int) Math.min(8192, Math.max(n, 0))];
    int read = buffer.length == 0 ? 0 : read(buffer, 0, buffer.length);
    return Math.max(read, 0);
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
