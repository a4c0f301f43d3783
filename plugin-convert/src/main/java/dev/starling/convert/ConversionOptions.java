package dev.starling.convert;

import dev.starling.api.command.UsageException;
import dev.starling.api.estargz.EstargzOptions;
import picocli.CommandLine.Option;

/**
 * The options that say what layers become; a picocli mixin that every converting command shares, so
 * that they mean the same everywhere.
 */
public final class ConversionOptions {

  @Option(names = "--estargz", description = "Convert layers to eStargz (the default).")
  private boolean estargz;

  @Option(
      names = "--oci",
      description =
          "Write OCI media types instead of Docker's. Implied when neither a format nor --oci is"
              + " given.")
  private boolean oci;

  @Option(
      names = "--estargz-compression-level",
      paramLabel = "LEVEL",
      defaultValue = "9",
      description =
          "gzip level 0 to 12, default ${DEFAULT-VALUE}. Sizes are zlib's at the same level,"
              + " within a hundredth, in a fraction of the time; 10 to 12 are smaller and slow.")
  private int compressionLevel;

  @Option(
      names = "--estargz-chunk-size",
      paramLabel = "BYTES",
      defaultValue = "0",
      description = "Bytes of a file that are fetched and verified as one; 0, the default: 4 MiB.")
  private int chunkSize;

  @Option(
      names = "--estargz-min-chunk-size",
      paramLabel = "BYTES",
      defaultValue = "0",
      description =
          "Put several files into one gzip member until it holds so many bytes of content, before"
              + " compression; smaller layers. 0, the default: a member for each.")
  private int minChunkSize;

  @Option(
      names = "--estargz-parallelism",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Threads that compress one layer; 0, the default: one per processor. The result does not"
              + " depend on it.")
  private int parallelism;

  /**
   * Whether media types become OCI's: asked for, or nothing was asked for at all.
   *
   * @return true if Docker's media types are to be replaced
   */
  public boolean oci() {
    return oci || !estargz;
  }

  /** Whether layers are converted, rather than only the media types. */
  public boolean convertsLayers() {
    return estargz || !oci;
  }

  /**
   * The eStargz writer's options.
   *
   * @throws UsageException if a number is out of its bounds
   */
  public EstargzOptions estargzOptions() {
    requireRange("--estargz-compression-level", compressionLevel, 0, 12);
    requireRange("--estargz-chunk-size", chunkSize, 0, EstargzOptions.MAX_CHUNK_SIZE);
    requireRange("--estargz-min-chunk-size", minChunkSize, 0, EstargzOptions.MAX_CHUNK_SIZE);
    requireRange("--estargz-parallelism", parallelism, 0, EstargzOptions.MAX_WORKERS);
    return EstargzOptions.defaults()
        .withCompressionLevel(compressionLevel)
        .withChunkSize(chunkSize)
        .withMinChunkSize(minChunkSize)
        .withWorkers(parallelism);
  }

  private static void requireRange(String option, int value, int min, int max) {
    if (value < min || value > max) {
      throw new UsageException(
          option + " " + value + " is out of bounds; expected " + min + " to " + max);
    }
  }
}
