package dev.starling.api.estargz;

import io.airlift.compress.v3.deflate.DeflateNativeCompressor;

/** The libraries that can compress a layer. Their output differs in bytes, never in content. */
public enum Codec {
  /** The native library that comes along for Linux and macOS: fast, and smaller than zlib. */
  LIBDEFLATE("libdeflate"),
  /** The Java runtime's own, for all other machines. */
  ZLIB("zlib");

  /**
   * libdeflate's level for each of zlib's: the fastest one that comes within a hundredth of its
   * size, measured on the files of a real system. At 9 that is what the field's converter writes at
   * 9 or less. Beyond 9 the user means libdeflate's own.
   */
  private static final int[] LIBDEFLATE_LEVELS = {0, 1, 2, 3, 4, 5, 5, 6, 6, 6, 10, 11, 12};

  private static final int ZLIB_MAX = 9;

  private final String displayName;

  Codec(String displayName) {
    this.displayName = displayName;
  }

  /** The best one that works on this machine. */
  public static Codec best() {
    if (!DeflateNativeCompressor.isEnabled()) {
      return ZLIB;
    }
    ExtractedLibrary.deleteFile("deflate");
    return LIBDEFLATE;
  }

  /** The library's name. */
  public String displayName() {
    return displayName;
  }

  /** A compressor for one thread at {@link Compression.Gzip#level()}. */
  DeflateEngine open(int level) {
    return switch (this) {
      case LIBDEFLATE -> new DeflateEngine.Libdeflate(LIBDEFLATE_LEVELS[level]);
      case ZLIB -> new DeflateEngine.Zlib(Math.min(level, ZLIB_MAX));
    };
  }
}
