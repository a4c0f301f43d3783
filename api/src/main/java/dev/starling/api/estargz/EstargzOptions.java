package dev.starling.api.estargz;

import java.util.List;

/**
 * How to write a lazily readable layer, eStargz or zstd:chunked.
 *
 * @param chunkSize the length in bytes of the pieces that larger files are cut into, at most {@link
 *     #MAX_CHUNK_SIZE}; 0 or less means {@link #DEFAULT_CHUNK_SIZE}. Memory grows with it
 * @param minChunkSize how many bytes of content a gzip member holds at least before another piece
 *     of content begins the next one; 0 gives every piece a member of its own. More makes the layer
 *     smaller, and a reader fetches and inflates more for one small file. Counted before
 *     compression, so that where members end depends on the content alone. A member also ends at a
 *     landmark, and where the next piece would not fit what one worker compresses at a time: a
 *     mebibyte or a chunk, whichever is longer, and 64 KiB
 * @param compression gzip for eStargz, with the TOC inside or not, or zstd for zstd:chunked; with
 *     its level
 * @param workers how many threads compress; 0 means one a core. The output does not depend on it
 * @param prioritized the files to lay in front, followed by the landmark up to which a lazy reader
 *     prefetches; empty means that nothing is prefetched
 * @param allowMissing whether a prioritized file that the layer does not have is reported rather
 *     than an error
 */
public record EstargzOptions(
    int chunkSize,
    int minChunkSize,
    Compression compression,
    int workers,
    Prioritization prioritized,
    boolean allowMissing) {

  /** 4 MiB. */
  public static final int DEFAULT_CHUNK_SIZE = 4 << 20;

  /** 256 MiB: a chunk is compressed in memory. */
  public static final int MAX_CHUNK_SIZE = 256 << 20;

  /** More threads than any machine has use for. */
  public static final int MAX_WORKERS = 256;

  private static final EstargzOptions DEFAULTS =
      new EstargzOptions(
          DEFAULT_CHUNK_SIZE,
          0,
          new Compression.Gzip(Compression.Gzip.DEFAULT_LEVEL),
          0,
          Prioritization.none(),
          false);

  /**
   * Replaces what is 0 by its default.
   *
   * @throws IllegalArgumentException if a value is out of its bounds
   */
  public EstargzOptions {
    if (chunkSize <= 0) {
      chunkSize = DEFAULT_CHUNK_SIZE;
    }
    if (chunkSize > MAX_CHUNK_SIZE) {
      throw new IllegalArgumentException(
          "chunk size " + chunkSize + " is too large; at most " + MAX_CHUNK_SIZE + " bytes");
    }
    if (minChunkSize < 0 || minChunkSize > MAX_CHUNK_SIZE) {
      throw new IllegalArgumentException(
          "minimum chunk size "
              + minChunkSize
              + " is not possible; expected 0 to "
              + MAX_CHUNK_SIZE
              + " bytes");
    }
    if (workers < 0 || workers > MAX_WORKERS) {
      throw new IllegalArgumentException(
          workers + " workers are not possible; expected 0 (one a core) to " + MAX_WORKERS);
    }
    if (workers == 0) {
      workers = Math.min(MAX_WORKERS, Runtime.getRuntime().availableProcessors());
    }
    if (!prioritized.isEmpty() && isLossless(compression)) {
      throw new IllegalArgumentException(
          "a layer that keeps every byte keeps its order: no file can be prioritized");
    }
  }

  private static boolean isLossless(Compression compression) {
    return switch (compression) {
      case Compression.Gzip(int _, TocPlacement toc) -> toc == TocPlacement.EXTERNAL_LOSSLESS;
      case Compression.Zstd _ -> false;
    };
  }

  /** Whether the layer decompresses to the source's bytes. */
  public boolean isLossless() {
    return isLossless(compression);
  }

  /** Whether the TOC becomes a blob of its own. */
  public boolean hasExternalToc() {
    return switch (compression) {
      case Compression.Gzip(int _, TocPlacement toc) -> toc.isExternal();
      case Compression.Zstd _ -> false;
    };
  }

  /** Level 9, chunks of 4 MiB, one worker a core, nothing prioritized. */
  public static EstargzOptions defaults() {
    return DEFAULTS;
  }

  /** These options with another chunk size in bytes; 0 or less is the default's. */
  public EstargzOptions withChunkSize(int size) {
    return new EstargzOptions(size, minChunkSize, compression, workers, prioritized, allowMissing);
  }

  /**
   * These options with at least this many bytes of content in a member; 0 is one piece a member.
   */
  public EstargzOptions withMinChunkSize(int size) {
    return new EstargzOptions(chunkSize, size, compression, workers, prioritized, allowMissing);
  }

  /** These options with gzip of another level, 0 to 12. */
  public EstargzOptions withCompressionLevel(int level) {
    return withCompression(new Compression.Gzip(level));
  }

  /** These options with another compression, and so another format. */
  public EstargzOptions withCompression(Compression other) {
    return new EstargzOptions(chunkSize, minChunkSize, other, workers, prioritized, allowMissing);
  }

  /** These options with another number of compressing threads; 0 is one a core. */
  public EstargzOptions withWorkers(int threads) {
    return new EstargzOptions(
        chunkSize, minChunkSize, compression, threads, prioritized, allowMissing);
  }

  /** These options with these files to lay in front, in this order. */
  public EstargzOptions withPrioritized(List<String> files) {
    return withPrioritized(Prioritization.files(files));
  }

  /** These options with other files to lay in front. */
  public EstargzOptions withPrioritized(Prioritization files) {
    return new EstargzOptions(chunkSize, minChunkSize, compression, workers, files, allowMissing);
  }

  /** These options with missing prioritized files allowed or not. */
  public EstargzOptions withAllowMissing(boolean allow) {
    return new EstargzOptions(chunkSize, minChunkSize, compression, workers, prioritized, allow);
  }
}
