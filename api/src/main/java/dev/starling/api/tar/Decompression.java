package dev.starling.api.tar;

import io.airlift.compress.v3.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** How a layer's tar is compressed, told by its first bytes and never by its media type. */
public enum Decompression {
  /** A plain tar. */
  NONE,
  /** Gzip, of any number of members. */
  GZIP,
  /** Zstandard, of any number of frames. */
  ZSTD;

  private static final int BUFFER = 64 << 10;

  /**
   * Finds out from a stream that can be reset; its position stays where it is. Less than 4 bytes
   * are a plain tar.
   */
  static Decompression detect(InputStream in) throws IOException {
    in.mark(4);
    byte[] start = in.readNBytes(4);
    in.reset();
    if (start.length < 4) {
      return NONE;
    }
    if (start[0] == 0x1f && start[1] == (byte) 0x8b && start[2] == 8) {
      return GZIP;
    }
    boolean zstd =
        start[0] == 0x28 && start[1] == (byte) 0xb5 && start[2] == 0x2f && start[3] == (byte) 0xfd;
    return zstd ? ZSTD : NONE;
  }

  /**
   * The decompressed bytes of a layer. Closing the result closes {@code layer}. The stream throws
   * {@link dev.starling.api.content.CorruptContentException} where the layer is damaged.
   *
   * @param layer gzip of any number of members, zstd of any number of frames, or plain tar
   */
  public static InputStream open(InputStream layer) throws IOException {
    InputStream buffered = new BufferedInputStream(layer, BUFFER);
    return detect(buffered).decompress(buffered, BUFFER);
  }

  /**
   * The bytes that were compressed in this way. Closing the result closes {@code compressed}. The
   * stream throws {@link dev.starling.api.content.CorruptContentException} where they are damaged.
   *
   * @param compressed need not be buffered
   * @param buffer how many bytes to read ahead at most, at least 1
   */
  public InputStream decompress(InputStream compressed, int buffer) throws IOException {
    return switch (this) {
      case NONE -> compressed;
      case GZIP -> new GzipInput(compressed, buffer);
      case ZSTD -> {
        InputStream buffered = new BufferedInputStream(compressed, buffer);
        yield new ZstdInput(new ZstdInputStream(new ZstdFrames(buffered)), buffered);
      }
    };
  }
}
