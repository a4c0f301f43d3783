package dev.starling.api.estargz;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.content.RandomAccessBlob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The end of a lazily readable layer, which says where its TOC lies. */
public sealed interface Footer {

  /** The length in bytes of today's eStargz footer. */
  int ESTARGZ_SIZE = 51;

  /** The length of the footer of stargz, the format's predecessor. */
  int STARGZ_SIZE = 47;

  /** The length of the footer of a layer whose TOC is kept apart. */
  int EXTERNAL_SIZE = 46;

  /** The length of the last part of zstd:chunked's footer. */
  int ZSTD_CHUNKED_SIZE = 40;

  /**
   * A gzip layer with its TOC inside.
   *
   * @param tocOffset where the TOC's gzip member begins, in bytes; it ends where the footer begins
   * @param size the footer's length in bytes
   */
  record Estargz(long tocOffset, int size) implements Footer {}

  /** A gzip layer whose TOC is a blob of its own. */
  record ExternalToc() implements Footer {}

  /**
   * A zstd:chunked layer.
   *
   * @param tocOffset where the TOC's zstd frame begins, in bytes
   * @param compressedSize its length in bytes
   * @param size the TOC's length in bytes
   */
  record ZstdChunked(long tocOffset, long compressedSize, long size) implements Footer {}

  /**
   * Reads a layer's footer.
   *
   * @return the footer, or null if the layer has none and so is not lazily readable
   * @throws CorruptContentException if there is a footer that points out of the layer
   */
  static @Nullable Footer read(RandomAccessBlob blob) throws IOException {
    long blobSize = blob.size();
    byte[] end = new byte[(int) Math.min(ESTARGZ_SIZE, blobSize)];
    blob.readFully(ByteBuffer.wrap(end), blobSize - end.length);
    Footer footer = parse(end);
    requireInside(footer, blobSize);
    return footer;
  }

  private static void requireInside(@Nullable Footer footer, long blobSize)
      throws CorruptContentException {
    switch (footer) {
      case null -> {}
      case ExternalToc() -> {}
      case Estargz(long offset, int size) ->
          requireInside(offset, 0, 1, blobSize - size - offset, blobSize);
      case ZstdChunked(long offset, long compressed, long _) ->
          requireInside(
              offset,
              ZstdFormat.SKIPPABLE_HEADER,
              compressed,
              blobSize - ZSTD_CHUNKED_SIZE - ZstdFormat.SKIPPABLE_HEADER - offset,
              blobSize);
    }
  }

  /** Checks that a TOC of {@code size} bytes fits in the {@code room} from its offset on. */
  private static void requireInside(long offset, long lowest, long size, long room, long blobSize)
      throws CorruptContentException {
    if (offset < lowest || size < 1 || size > room) {
      throw new CorruptContentException(
          "the layer's footer puts the TOC at offset "
              + offset
              + ", outside of its "
              + blobSize
              + " bytes");
    }
  }

  /**
   * Reads a footer from a layer's last bytes, at least {@link #ESTARGZ_SIZE} if it has that many.
   *
   * @return the footer, or null if there is none
   */
  static @Nullable Footer parse(byte[] end) {
    String text = new String(end, StandardCharsets.ISO_8859_1);
    Footer footer = gzip(text, ESTARGZ_SIZE, "\u001a\0SG\u0016\0");
    if (footer == null) {
      footer = gzip(text, STARGZ_SIZE, "\u0016\0");
    }
    if (footer == null && hasTail(text, EXTERNAL_SIZE, "\u0015\0SG\u0011\0STARGZEXTERNALTOC")) {
      footer = new ExternalToc();
    }
    return footer == null ? zstd(end, text) : footer;
  }

  private static @Nullable Footer gzip(String text, int size, String start) {
    if (text.length() < size) {
      return null;
    }
    int digits = text.length() - size + GzipFormat.HEADER + start.length();
    String hex = text.substring(digits, digits + 16);
    if (!hex.matches("[0-9a-f]{16}") || !hasTail(text, size, start + hex + "STARGZ")) {
      return null;
    }
    return new Estargz(Long.parseUnsignedLong(hex, 16), size);
  }

  /** Whether the text ends in an empty gzip member of this size with this extra field. */
  private static boolean hasTail(String text, int size, String extra) {
    int start = text.length() - size;
    return start >= 0
        && text.startsWith("\u001f\u008b\b\u0004", start)
        && text.startsWith(extra, start + GzipFormat.HEADER)
        && text.endsWith("\u0001\0\0\u00ff\u00ff\0\0\0\0\0\0\0\0");
  }

  private static @Nullable Footer zstd(byte[] end, String text) {
    if (end.length < ZSTD_CHUNKED_SIZE || !text.endsWith("GnUlInUx")) {
      return null;
    }
    ByteBuffer fields = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN);
    int at = end.length - ZSTD_CHUNKED_SIZE;
    return new ZstdChunked(fields.getLong(at), fields.getLong(at + 8), fields.getLong(at + 16));
  }
}
