package dev.starling.api.estargz;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.tar.Decompression;
import dev.starling.api.tar.GzipInput;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Where a layer keeps its TOC, for readers that take it as a stream, in memory that does not grow
 * with it. {@link TocReader} verifies what comes out.
 *
 * @param format the layer's format, for people
 * @param external whether the TOC is a blob of its own, which begins at offset 0
 * @param offset where the TOC's compressed data begin in the layer, in bytes
 * @param end where they end
 * @param contentEnd where in the layer the files' content ends
 * @param compression what TOC and content are compressed with
 */
public record TocPlace(
    String format,
    boolean external,
    long offset,
    long end,
    long contentEnd,
    Decompression compression) {

  private static final int BUFFER = 64 << 10;

  /**
   * Finds the TOC by the layer's footer.
   *
   * @param footer what {@link Footer#read} returned for the layer
   * @param size the layer's length in bytes
   * @return null if there is no footer: the layer is not lazily readable
   */
  public static @Nullable TocPlace of(@Nullable Footer footer, long size) {
    return switch (footer) {
      case null -> null;
      case Footer.ExternalToc() ->
          new TocPlace(
              "eStargz with external TOC",
              true,
              0,
              0,
              size - Footer.EXTERNAL_SIZE,
              Decompression.GZIP);
      case Footer.Estargz(long offset, int footerSize) ->
          new TocPlace(
              footerSize == Footer.STARGZ_SIZE ? "stargz" : "eStargz",
              false,
              offset,
              size - footerSize,
              offset,
              Decompression.GZIP);
      case Footer.ZstdChunked(long offset, long compressed, long _) ->
          new TocPlace(
              "zstd:chunked",
              false,
              offset,
              offset + compressed,
              offset - ZstdFormat.SKIPPABLE_HEADER,
              Decompression.ZSTD);
    };
  }

  /**
   * The TOC's JSON as it is there, unverified. Closing the result closes {@code compressed}.
   *
   * @param compressed the layer's bytes from {@code offset} to {@code end}, or the external TOC's
   *     blob
   * @throws CorruptContentException here or while reading, if there is no TOC
   */
  public InputStream open(InputStream compressed) throws IOException {
    return switch (compression) {
      case GZIP -> TocTarInput.open(new GzipInput(compressed));
      case ZSTD -> Decompression.ZSTD.decompress(compressed, BUFFER);
      case NONE -> throw new IllegalStateException("no format has a plain TOC");
    };
  }
}
