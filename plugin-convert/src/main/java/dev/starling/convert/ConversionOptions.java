package dev.starling.convert;

import dev.starling.api.command.UsageException;
import dev.starling.api.copy.PlatformSelection;
import dev.starling.api.estargz.Codec;
import dev.starling.api.estargz.Compression.Gzip;
import dev.starling.api.estargz.Compression.Zstd;
import dev.starling.api.estargz.EstargzOptions;
import dev.starling.api.estargz.TocPlacement;
import dev.starling.api.estargz.ZstdCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
      names = "--estargz-external-toc",
      description =
          "Keep the TOCs of all layers in an image of their own beside the result, under its tag"
              + " with -esgztoc at the end; smaller layers.")
  private boolean externalToc;

  @Option(
      names = "--estargz-keep-diff-id",
      description =
          "Keep every byte of the layers' tars, and so the diff IDs and the config's digest. Needs"
              + " --estargz-external-toc.")
  private boolean keepDiffId;

  @Option(
      names = "--uncompress",
      description = "Turn layers into plain tars instead, without what makes them lazily readable.")
  private boolean uncompress;

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
    require(list == null || layers != null, list + " needs --estargz beside --oci; add it");
    require(!reuse || layers != null, "--reuse needs --estargz beside --oci");
    return ConversionRequest.of(platforms, layers, oci())
        .withReuse(reuse)
        .withLists(prefetch.read(), prefetch.strict());
  }

  /**
   * All that is asked of a conversion whose layers always become lazily readable: {@code --oci}
   * alone does not keep them as they are.
   *
   * @param platforms which of an index's images
   * @throws UsageException if options contradict each other or a number is out of its bounds
   * @throws IOException if a file that an option names cannot be read
   */
  public ConversionRequest lazyRequest(PlatformSelection platforms) throws IOException {
    oci = oci();
    estargz = !(zstdchunked || uncompress);
    return request(platforms);
  }

  /**
   * Refuses what leaves no room for files in front.
   *
   * @param otherwise what to do instead
   * @throws UsageException if such an option was given
   */
  public void requireOrder(String otherwise) {
    require(!keepDiffId, "--estargz-keep-diff-id keeps the order of files; " + otherwise);
    require(!uncompress, "--uncompress makes layers that are not read lazily; " + otherwise);
  }

  /**
   * Whether media types become OCI's: asked for, or nothing was asked for at all.
   *
   * @return true if Docker's media types are to be replaced
   */
  public boolean oci() {
    return oci || !(estargz || zstdchunked || uncompress);
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
    if (uncompress) {
      return new Uncompression();
    }
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
    return options
        .withCompression(new Gzip(level, tocPlacement()))
        .withChunkSize(chunk)
        .withMinChunkSize(minimum);
  }

  private TocPlacement tocPlacement() {
    if (keepDiffId) {
      return TocPlacement.EXTERNAL_LOSSLESS;
    }
    return externalToc ? TocPlacement.EXTERNAL : TocPlacement.INSIDE;
  }

  private EstargzOptions zstd(EstargzOptions options) {
    int level = orElse(zstdLevel, Zstd.DEFAULT_LEVEL);
    int chunk = orElse(zstdChunkSize, 0);
    requireRange("--zstdchunked-compression-level", level, 1, Zstd.MAX_LEVEL);
    requireRange("--zstdchunked-chunk-size", chunk, 0, EstargzOptions.MAX_CHUNK_SIZE);
    return options.withCompression(new Zstd(level)).withChunkSize(chunk);
  }

  private void rejectConflicts() {
    List<String> forEstargz = givenForEstargz();
    List<String> forZstd = givenForZstd();
    if (uncompress) {
      exclude(first(forEstargz), "--uncompress");
      exclude(first(forZstd), "--uncompress");
    }
    if (zstdchunked) {
      exclude(first(forEstargz), "--zstdchunked");
      require(oci, "--zstdchunked needs --oci: Docker's media types know no zstd; add --oci");
    } else if (!forZstd.isEmpty()) {
      throw new UsageException(forZstd.getFirst() + " needs --zstdchunked; add it");
    }
    if (oci && !estargz && !forEstargz.isEmpty()) {
      throw new UsageException(forEstargz.getFirst() + " needs --estargz beside --oci; add it");
    }
    require(
        externalToc || !keepDiffId, "--estargz-keep-diff-id needs --estargz-external-toc; add it");
    String list = prefetch.givenList();
    exclude(keepDiffId ? "--estargz-keep-diff-id" : null, list);
    exclude(uncompress ? "--uncompress" : null, list);
    String kept = reuse ? "--reuse" : null;
    exclude(uncompress ? "--uncompress" : null, kept);
    exclude(externalToc ? "--estargz-external-toc" : null, kept);
  }

  /** What was given that only eStargz has. */
  private List<String> givenForEstargz() {
    List<String> given = new ArrayList<>();
    addIf(estargz, "--estargz", given);
    addIf(gzipLevel != null, "--estargz-compression-level", given);
    addIf(gzipChunkSize != null, "--estargz-chunk-size", given);
    addIf(minChunkSize != null, "--estargz-min-chunk-size", given);
    addIf(externalToc, "--estargz-external-toc", given);
    addIf(keepDiffId, "--estargz-keep-diff-id", given);
    String list = prefetch.givenForEstargz();
    addIf(list != null, String.valueOf(list), given);
    return given;
  }

  /** What was given that only zstd:chunked has. */
  private List<String> givenForZstd() {
    List<String> given = new ArrayList<>();
    addIf(zstdchunked, "--zstdchunked", given);
    addIf(zstdLevel != null, "--zstdchunked-compression-level", given);
    addIf(zstdChunkSize != null, "--zstdchunked-chunk-size", given);
    String list = prefetch.givenForZstd();
    addIf(list != null, String.valueOf(list), given);
    return given;
  }

  private static void addIf(boolean condition, String option, List<String> given) {
    if (condition) {
      given.add(option);
    }
  }

  private static @Nullable String first(List<String> given) {
    return given.isEmpty() ? null : given.getFirst();
  }

  /** Refuses two options, of which the one that is null was not given. */
  private static void exclude(@Nullable String one, @Nullable String other) {
    if (one != null && other != null) {
      throw new UsageException(one + " and " + other + " exclude each other; give one of them");
    }
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
