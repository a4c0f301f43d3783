package dev.starling.api.estargz;

/** What the members of a lazily readable layer are compressed with, which also names its format. */
public sealed interface Compression {

  /** The level that was chosen. */
  int level();

  /**
   * gzip, for eStargz.
   *
   * @param level 0 (stored) to 9 as in gzip: as small as zlib at that level, give or take a
   *     hundredth, and much faster; 10 to 12 are slower and smaller still
   * @param toc where the TOC goes
   */
  record Gzip(int level, TocPlacement toc) implements Compression {

    /** The level used unless told otherwise. */
    public static final int DEFAULT_LEVEL = 9;

    /** The highest level, which only libdeflate has. */
    public static final int MAX_LEVEL = 12;

    /**
     * Checks the level.
     *
     * @throws IllegalArgumentException if there is no such level
     */
    public Gzip {
      requireLevel(level, 0, MAX_LEVEL);
    }

    /**
     * With the TOC inside the layer.
     *
     * @throws IllegalArgumentException if there is no such level
     */
    public Gzip(int level) {
      this(level, TocPlacement.INSIDE);
    }
  }

  /**
   * Zstandard, for zstd:chunked.
   *
   * @param level 1 to 19 as in zstd; higher ones may need more memory than a reader has to have
   */
  record Zstd(int level) implements Compression {

    /** The level used unless told otherwise. */
    public static final int DEFAULT_LEVEL = 3;

    /** The highest level. */
    public static final int MAX_LEVEL = 19;

    /**
     * Checks the level.
     *
     * @throws IllegalArgumentException if there is no such level
     */
    public Zstd {
      requireLevel(level, 1, MAX_LEVEL);
    }
  }

  private static void requireLevel(int level, int min, int max) {
    if (level < min || level > max) {
      throw new IllegalArgumentException(
          "compression level " + level + " is unknown; expected " + min + " to " + max);
    }
  }
}
