package dev.starling.api.estargz;

import dev.starling.api.content.BlobContent;
import dev.starling.api.content.CorruptContentException;
import dev.starling.api.content.RandomAccessBlob;
import dev.starling.api.image.Digest;
import dev.starling.api.tar.Decompression;
import dev.starling.api.tar.GzipInput;
import dev.starling.api.tar.TarEntry;
import dev.starling.api.tar.TarReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A TOC as a layer holds it. Nothing of it can be used until it is verified against the digest that
 * the layer's descriptor promises. Thread-safe.
 */
public final class UnverifiedToc {

  /** The longest TOC, in bytes of JSON: some 700,000 files. */
  public static final int MAX_SIZE = TocBuffer.MAX_SIZE;

  private static final int BUFFER = 64 << 10;

  /** More than any writer puts after a TOC in its tar. */
  private static final int MAX_TAIL = 1 << 20;

  private final byte[] json;
  private final long contentEnd;
  private final Decompression compression;
  private final Digest digest;

  private UnverifiedToc(byte[] json, long contentEnd, Decompression compression) {
    this.json = json;
    this.contentEnd = contentEnd;
    this.compression = compression;
    this.digest = Digest.sha256(json);
  }

  /**
   * Reads the TOC that is inside an eStargz or zstd:chunked layer.
   *
   * @throws CorruptContentException if the layer is neither, or is of a kind whose TOC lies
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
      case Footer.ZstdChunked footer ->
          new UnverifiedToc(
              readFrame(blob, footer),
              footer.tocOffset() - ZstdFormat.SKIPPABLE_HEADER,
              Decompression.ZSTD);
      case Footer.Estargz(long tocOffset, int size) ->
          new UnverifiedToc(
              readMember(blob, tocOffset, blob.size() - size), tocOffset, Decompression.GZIP);
    };
  }

  /**
   * Reads the external TOC of an eStargz layer.
   *
   * @param layer the layer, whose footer says that its TOC is external
   * @param tocBlob the blob that its {@link TocImage} names for it; opened at 0 and read to its end
   * @throws CorruptContentException if the layer has no external TOC, or the blob is damaged or too
   *     large
   */
  public static UnverifiedToc readExternal(RandomAccessBlob layer, BlobContent tocBlob)
      throws IOException {
    if (!(Footer.read(layer) instanceof Footer.ExternalToc)) {
      throw new CorruptContentException("the layer has no footer that says its TOC is external");
    }
    try (InputStream blob = tocBlob.open(0)) {
      byte[] json = readTar(new GzipInput(blob), "the TOC blob");
      return new UnverifiedToc(json, layer.size() - Footer.EXTERNAL_SIZE, Decompression.GZIP);
    }
  }

  private static byte[] readFrame(RandomAccessBlob blob, Footer.ZstdChunked footer)
      throws IOException {
    requireSize(footer.size());
    try (InputStream raw = blob.openRange(footer.tocOffset(), footer.compressedSize());
        InputStream in = Decompression.ZSTD.decompress(raw, BUFFER)) {
      // Grows with what is really there: the size in the footer is only a claim.
      byte[] json = in.readNBytes((int) footer.size() + 1);
      if (json.length != footer.size()) {
        throw new CorruptContentException(
            "the layer's TOC at offset "
                + footer.tocOffset()
                + " has not the "
                + footer.size()
                + " bytes that its footer says");
      }
      return json;
    }
  }

  private static void requireSize(long size) throws CorruptContentException {
    if (size < 0 || size > MAX_SIZE) {
      throw new CorruptContentException(
          "the layer's TOC has " + size + " bytes; at most " + MAX_SIZE + " are read");
    }
  }

  private static byte[] readMember(RandomAccessBlob blob, long start, long end) throws IOException {
    try (GzipInput gzip = new GzipInput(blob.openRange(start, end - start))) {
      return readTar(gzip, "the layer, where its footer says, at offset " + start);
    }
  }

  private static byte[] readTar(InputStream gzip, String where) throws IOException {
    TarReader tar = new TarReader(gzip);
    TarEntry entry = tar.next();
    if (entry == null || !entry.name().equals(GzipFormat.TOC_NAME)) {
      throw new CorruptContentException("no " + GzipFormat.TOC_NAME + " is in " + where);
    }
    requireSize(entry.size());
    // Grows with what is really there: the size in the header is only a claim.
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER];
    int read = tar.read(buffer, 0, buffer.length);
    while (read >= 0) {
      json.write(buffer, 0, read);
      read = tar.read(buffer, 0, buffer.length);
    }
    long room = MAX_TAIL;
    // The blob verifies itself at its end; more than padding and the archive's end is a bomb.
    while (room > 0 && (read = gzip.read(buffer, 0, (int) Math.min(room, buffer.length))) >= 0) {
      room -= read;
    }
    if (room == 0) {
      throw new CorruptContentException("more than a TOC is in " + where);
    }
    return json.toByteArray();
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
  public Toc verify(Digest expected) throws IOException {
    if (!digest.equals(expected)) {
      throw new CorruptContentException(
          "the layer's TOC hashes to " + digest + ", expected " + expected);
    }
    List<TocEntry> entries = new ArrayList<>();
    TocBuilder builder = new TocBuilder(contentEnd, compression, entries::add);
    TocParser.parse(json, builder);
    builder.finish();
    return new Toc(entries, TocTree.build(entries), compression);
  }
}
