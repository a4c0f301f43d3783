package dev.starling.api.estargz;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.content.RandomAccessBlob;
import dev.starling.api.image.Digest;
import dev.starling.api.tar.GzipInput;
import dev.starling.api.tar.TarEntry;
import dev.starling.api.tar.TarReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * A TOC as a layer holds it. Nothing of it can be used until it is verified against the digest that
 * the layer's descriptor promises. Thread-safe.
 */
public final class UnverifiedToc {

  /** The longest TOC, in bytes of JSON: some 700,000 files. */
  public static final int MAX_SIZE = TocBuffer.MAX_SIZE;

  private static final int BUFFER = 64 << 10;

  private final byte[] json;
  private final long tocOffset;
  private final Digest digest;

  private UnverifiedToc(byte[] json, long tocOffset) {
    this.json = json;
    this.tocOffset = tocOffset;
    this.digest = Digest.sha256(json);
  }

  /**
   * Reads the TOC of an eStargz layer.
   *
   * @throws CorruptContentException if the layer is not eStargz, or is of a kind whose TOC lies
   *     elsewhere, or the TOC is damaged or too large
   */
  public static UnverifiedToc read(RandomAccessBlob blob) throws IOException {
    return switch (Footer.read(blob)) {
      case null ->
          throw new CorruptContentException(
              "the layer has no eStargz footer: it is no eStargz layer; convert the image first");
      case Footer.ExternalToc() ->
          throw new CorruptContentException(
              "the layer's TOC is external, in an image of its own; expected one inside the layer");
      case Footer.ZstdChunked(long offset, long ignoredCompressed, long ignoredSize) ->
          throw new CorruptContentException(
              "the layer is zstd:chunked with its TOC at offset " + offset + "; expected eStargz");
      case Footer.Estargz(long tocOffset, int size) ->
          new UnverifiedToc(readJson(blob, tocOffset, blob.size() - size), tocOffset);
    };
  }

  private static byte[] readJson(RandomAccessBlob blob, long start, long end) throws IOException {
    try (GzipInput gzip = new GzipInput(new BlobInput(blob, start, end))) {
      TarReader tar = new TarReader(gzip);
      TarEntry entry = tar.next();
      if (entry == null || !entry.name().equals(GzipFormat.TOC_NAME)) {
        throw new CorruptContentException(
            "the layer has no "
                + GzipFormat.TOC_NAME
                + " where its footer says, at offset "
                + start);
      }
      if (entry.size() > MAX_SIZE) {
        throw new CorruptContentException(
            "the layer's TOC has " + entry.size() + " bytes; at most " + MAX_SIZE + " are read");
      }
      // Grows with what is really there: the size in the header is only a claim.
      ByteArrayOutputStream json = new ByteArrayOutputStream();
      byte[] buffer = new byte[BUFFER];
      int read = tar.read(buffer, 0, buffer.length);
      while (read >= 0) {
        json.write(buffer, 0, read);
        read = tar.read(buffer, 0, buffer.length);
      }
      return json.toByteArray();
    }
  }

  /** The digest of the JSON that is there. */
  public Digest digest() {
    return digest;
  }

  /** The JSON as it is there, for showing it; a copy. */
  public byte[] json() {
    return json.clone();
  }

  /**
   * Verifies and reads the TOC.
   *
   * @param expected what {@link EstargzAnnotations#TOC_DIGEST} says
   * @throws CorruptContentException if the digest is another, or the TOC breaks the format's rules
   */
  public Toc verify(Digest expected) throws CorruptContentException {
    if (!digest.equals(expected)) {
      throw new CorruptContentException(
          "the layer's TOC hashes to " + digest + ", expected " + expected);
    }
    return TocBuilder.build(TocParser.parse(json), tocOffset);
  }
}
