package dev.starling.convert;

import dev.starling.api.command.UsageException;
import dev.starling.api.copy.PlatformSelection;
import dev.starling.api.estargz.Codec;
import dev.starling.api.estargz.Compression.Gzip;
import dev.starling.api.estargz.Compression.Zstd;
import dev.starling.api.estargz.EstargzOptions;
import dev.starling.api.estargz.ZstdCodec;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The options that say what layers become; a picocli mixin that every converting command shares, so
 * that they mean the same everywhere.
 */
public final class ConversionOptions {

  @Option(names = "--estargz", description = "Convert layers to eStargz (the default).")
  private boolean estargz;

  @Option(
      names = "--zstdchunked",
      description = "Convert layers to zstd:chunked instead. Needs --oci.")
  private boolean zstdchunked;

  @Option(
      names = "--oci",
      description =
          "Write OCI media types instead of Docker's. Implied when neither a format nor --oci is"
              + " given.")
  private boolean oci;

  @Option(
      names = "--estargz-compression-level",
      paramLabel = "LEVEL",
      description =
          "gzip level 0 to 12, default 9. Sizes are zlib's at the same level, within a hundredth,"
              + " in a fraction of the time; 10 to 12 are smaller and slow.")
  private @Nullable Integer gzipLevel;

  @Option(
      names = "--estargz-chunk-size",
      paramLabel = "BYTES",
      description = "Bytes of a file that are fetched and verified as one; 0, the default: 4 MiB.")
  private @Nullable Integer gzipChunkSize;

  @Option(
      names = "--estargz-min-chunk-size",
      paramLabel = "BYTES",
      description =
          "Put several files into one gzip member until it holds so many bytes of content, before"
              + " compression; smaller layers. 0, the default: a member for each.")
  private @Nullable Integer minChunkSize;

  @Option(
      names = "--zstdchunked-compression-level",
      paramLabel = "LEVEL",
      description = "zstd level 1 to 19, default 3.")
  private @Nullable Integer zstdLevel;

  @Option(
      names = "--zstdchunked-chunk-size",
      paramLabel = "BYTES",
      description = "As --estargz-chunk-size, for zstd:chunked.")
  private @Nullable Integer zstdChunkSize;

  @Option(
      names = "--estargz-parallelism",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Threads that compress one layer; 0, the default: one per processor. The result does not"
              + " depend on it.")
  private int parallelism;

  @Option(
      names = "--reuse",
      description =
          "Keep layers that are lazily readable already, in the wanted format, and that no list of"
              + " files touches.")
  private boolean reuse;

  @Mixin private PrefetchOptions prefetch = new PrefetchOptions();

  /**
   * All that is asked of a conversion.
   *
   * @param platforms which of an index's images
   * @throws UsageException if options contradict each other or a number is out of its bounds
   * @throws IOException if a file that an option names cannot be read
   */
  public ConversionRequest request(PlatformSelection platforms) throws IOException {
    LayerConversion layers = layers();
    String list = prefetch.givenList();
    require(list == null || layers != null, list + " needs --estargz beside --oci");
    require(!reuse || layers != null, "--reuse needs --estargz beside --oci");
    return ConversionRequest.of(platforms, layers, oci())
        .withReuse(reuse)
        .withLists(prefetch.read(), prefetch.strict());
  }

  /**
   * Whether media types become OCI's: asked for, or nothing was asked for at all.
   *
   * @return true if Docker's media types are to be replaced
   */
  public boolean oci() {
    return oci || !(estargz || zstdchunked);
  }

  /**
   * What becomes of layers.
   *
   * @return the conversion, or null if only media types are converted
   * @throws UsageException if options contradict each other or a number is out of its bounds
   */
  public @Nullable LayerConversion layers() {
    rejectConflicts();
    requireRange("--estargz-parallelism", parallelism, 0, EstargzOptions.MAX_WORKERS);
    EstargzOptions options = EstargzOptions.defaults().withWorkers(parallelism);
    if (zstdchunked) {
      return new LazyConversion(zstd(options), ZstdCodec.best().displayName());
    }
    LazyConversion conversion = new LazyConversion(gzip(options), Codec.best().displayName());
    return oci && !estargz ? null : conversion;
  }

  private EstargzOptions gzip(EstargzOptions options) {
    int level = orElse(gzipLevel, Gzip.DEFAULT_LEVEL);
    int chunk = orElse(gzipChunkSize, 0);
    int minimum = orElse(minChunkSize, 0);
    requireRange("--estargz-compression-level", level, 0, Gzip.MAX_LEVEL);
    requireRange("--estargz-chunk-size", chunk, 0, EstargzOptions.MAX_CHUNK_SIZE);
    requireRange("--estargz-min-chunk-size", minimum, 0, EstargzOptions.MAX_CHUNK_SIZE);
    return options.withCompression(new Gzip(level)).withChunkSize(chunk).withMinChunkSize(minimum);
  }

  private EstargzOptions zstd(EstargzOptions options) {
    int level = orElse(zstdLevel, Zstd.DEFAULT_LEVEL);
    int chunk = orElse(zstdChunkSize, 0);
    requireRange("--zstdchunked-compression-level", level, 1, Zstd.MAX_LEVEL);
    requireRange("--zstdchunked-chunk-size", chunk, 0, EstargzOptions.MAX_CHUNK_SIZE);
    return options.withCompression(new Zstd(level)).withChunkSize(chunk);
  }

  private void rejectConflicts() {
    String zstdList = prefetch.givenForZstd();
    if (!zstdchunked) {
      require(zstdList == null, zstdList + " needs --zstdchunked");
      require(zstdLevel == null, "--zstdchunked-compression-level needs --zstdchunked");
      require(zstdChunkSize == null, "--zstdchunked-chunk-size needs --zstdchunked");
      return;
    }
    require(!estargz, conflict("--estargz"));
    require(gzipLevel == null, conflict("--estargz-compression-level"));
    require(gzipChunkSize == null, conflict("--estargz-chunk-size"));
    require(minChunkSize == null, conflict("--estargz-min-chunk-size"));
    String list = prefetch.givenForEstargz();
    require(list == null, conflict(String.valueOf(list)));
    require(oci, "--zstdchunked needs --oci: Docker's media types know no zstd; add --oci");
  }

  private static String conflict(String option) {
    return option + " and --zstdchunked exclude each other; give one of them";
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new UsageException(otherwise);
    }
  }

  private static int orElse(@Nullable Integer given, int otherwise) {
    return given == null ? otherwise : given;
  }

  private static void requireRange(String option, int value, int min, int max) {
    require(
        value >= min && value <= max,
        option + " " + value + " is out of bounds; expected " + min + " to " + max);
  }
}
