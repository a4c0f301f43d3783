package dev.starling.api.estargz;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.image.Digest;
import dev.starling.api.tar.Decompression;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Reads a TOC from a stream, entry by entry. */
public final class TocReader {

  private static final int BUFFER = 64 << 10;

  private TocReader() {}

  /**
   * Goes through all the entries. What the visitor made of them must not be used unless this
   * returns: only then they are the ones that the digest promised.
   *
   * @param json at most {@link UnverifiedToc#MAX_SIZE} bytes; not closed
   * @param expected the digest of all the bytes, as {@link EstargzAnnotations#TOC_DIGEST} says
   * @param contentEnd where in the layer the files' content ends
   * @param compression what the content is compressed with
   * @throws CorruptContentException if the digest is another or the TOC breaks the format's rules
   */
  public static void read(
      InputStream json,
      Digest expected,
      long contentEnd,
      Decompression compression,
      TocVisitor visitor)
      throws IOException {
    Hashing hashing = new Hashing(json, expected.newMessageDigest());
    TocBuilder builder = new TocBuilder(contentEnd, compression, visitor);
    CorruptContentException failure = null;
    try {
      TocParser.parse(hashing, builder);
      builder.finish();
    } catch (CorruptContentException e) {
      failure = e;
    }
    // What follows the JSON counts, too; and that it is another TOC says more than what is in it.
    byte[] buffer = new byte[BUFFER];
    int read = 0;
    while (read >= 0) {
      read = hashing.read(buffer, 0, buffer.length);
    }
    Digest actual =
        new Digest(expected.algorithm(), java.util.HexFormat.of().formatHex(hashing.hash.digest()));
    if (!actual.equals(expected)) {
      throw new CorruptContentException(
          "the layer's TOC hashes to " + actual + ", expected " + expected);
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Hashes what it yields, up to the longest TOC there may be; closing it closes nothing. */
  private static final class Hashing extends FilterInputStream {
    private final MessageDigest hash;
    private long count;

    Hashing(InputStream in, MessageDigest hash) {
      super(in);
      this.hash = hash;
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
        hash.update(buffer, offset, read);
        count += read;
      }
      if (count > UnverifiedToc.MAX_SIZE) {
        throw new CorruptContentException(
            "the layer's TOC is longer than the "
                + UnverifiedToc.MAX_SIZE
                + " bytes of JSON that are read");
      }
      return read;
    }

    @Override
    public long skip(long n) throws IOException {
      byte[] buffer = new byte[(int) Math.min(n, BUFFER)];
      return Math.max(0, read(buffer, 0, buffer.length));
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    @Override
    public void close() {
      // The stream is the caller's.
    }
  }
}
