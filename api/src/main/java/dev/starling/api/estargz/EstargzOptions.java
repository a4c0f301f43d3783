package dev.starling.api.estargz;

import java.util.List;

/**
 * How to write an eStargz layer.
 *
 * @param chunkSize the length in bytes of the pieces that larger files are cut into, at most {@link
 *     #MAX_CHUNK_SIZE}; 0 or less means {@link #DEFAULT_CHUNK_SIZE}. Memory grows with it
 * @param compressionLevel 0 (stored) to 9 as in gzip: as small as zlib at that level, give or take
 *     a hundredth, and much faster; 10 to 12 are slower and smaller still
 * @param workers how many threads compress; 0 means one a core. The output does not depend on it
 * @param prioritized the files to lay in front, in this order, followed by the landmark up to which
 *     a lazy reader prefetches; empty means that nothing is prefetched
 * @param allowMissing whether a prioritized file that the layer does not have is reported rather
 *     than an error
 */
public record EstargzOptions(
    int chunkSize,
    int compressionLevel,
    int workers,
    List<String> prioritized,
    boolean allowMissing) {

  /** 4 MiB. */
  public static final int DEFAULT_CHUNK_SIZE = 4 << 20;

  /** 256 MiB: a chunk is compressed in memory. */
  public static final int MAX_CHUNK_SIZE = 256 << 20;

  /** The level used unless told otherwise. */
  public static final int DEFAULT_COMPRESSION_LEVEL = 9;

  /** The highest level, which only libdeflate has. */
  public static final int MAX_COMPRESSION_LEVEL = 12;

  /** More threads than any machine has use for. */
  public static final int MAX_WORKERS = 256;

  private static final EstargzOptions DEFAULTS =
      new EstargzOptions(DEFAULT_CHUNK_SIZE, DEFAULT_COMPRESSION_LEVEL, 0, List.of(), false);

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
    if (compressionLevel < 0 || compressionLevel > MAX_COMPRESSION_LEVEL) {
      throw new IllegalArgumentException(
          "compression level " + compressionLevel + " is unknown; expected 0 to 12");
    }
    if (workers < 0 || workers > MAX_WORKERS) {
      throw new IllegalArgumentException(
          workers + " workers are not possible; expected 0 (one a core) to " + MAX_WORKERS);
    }
    if (workers == 0) {
      workers = Math.min(MAX_WORKERS, Runtime.getRuntime().availableProcessors());
    }
    prioritized = List.copyOf(prioritized);
  }

  /** Level 9, chunks of 4 MiB, one worker a core, nothing prioritized. */
  public static EstargzOptions defaults() {
    return DEFAULTS;
  }

  /** These options with another chunk size in bytes; 0 or less is the default's. */
  public EstargzOptions withChunkSize(int size) {
    return new EstargzOptions(size, compressionLevel, workers, prioritized, allowMissing);
  }

  /** These options with another level, 0 to 12. */
  public EstargzOptions withCompressionLevel(int level) {
    return new EstargzOptions(chunkSize, level, workers, prioritized, allowMissing);
  }

  /** These options with another number of compressing threads; 0 is one a core. */
  public EstargzOptions withWorkers(int threads) {
    return new EstargzOptions(chunkSize, compressionLevel, threads, prioritized, allowMissing);
  }

  /** These options with another list of files to lay in front. */
  public EstargzOptions withPrioritized(List<String> files) {
    return new EstargzOptions(chunkSize, compressionLevel, workers, files, allowMissing);
  }

  /** These options with missing prioritized files allowed or not. */
  public EstargzOptions withAllowMissing(boolean allow) {
    return new EstargzOptions(chunkSize, compressionLevel, workers, prioritized, allow);
  }
}
