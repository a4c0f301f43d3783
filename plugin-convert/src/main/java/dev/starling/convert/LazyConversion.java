package dev.starling.convert;

import dev.starling.api.content.BlobContent;
import dev.starling.api.estargz.Compression;
import dev.starling.api.estargz.ConvertedLayer;
import dev.starling.api.estargz.EstargzOptions;
import dev.starling.api.estargz.Footer;
import dev.starling.api.estargz.LayerConverter;
import dev.starling.api.estargz.Prioritization;
import dev.starling.api.estargz.TocPlacement;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.MediaType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * Layers become lazily readable, in the format that comes with the options' compression.
 *
 * @param options how layers are written
 * @param codec the compressor's name
 */
record LazyConversion(EstargzOptions options, String codec) implements LayerConversion {

  /** Raised when the writer's output changes for equal input, so that no old result is taken up. */
  private static final int WRITER_VERSION = 1;

  @Override
  public String fingerprint() {
    String format =
        switch (options.compression()) {
          case Compression.Gzip(int level, TocPlacement toc) ->
              "estargz toc=" + toc + " level=" + level;
          case Compression.Zstd(int level) -> "zstdchunked level=" + level;
        };
    return "%d %s chunk=%d min=%d codec=%s prioritized=%s"
        .formatted(
            WRITER_VERSION,
            format,
            options.chunkSize(),
            options.minChunkSize(),
            codec,
            options.prioritized().fingerprint());
  }

  @Override
  public ConvertedLayer convert(
      BlobContent source, Path target, Path scratch, LongConsumer progress) throws IOException {
    return LayerConverter.convert(source, target, options, scratch, progress);
  }

  @Override
  public LayerConversion prioritizing(Prioritization files) {
    return new LazyConversion(options.withPrioritized(files).withAllowMissing(true), codec);
  }

  @Override
  public boolean writes(Footer footer) {
    return switch (footer) {
      case Footer.Estargz _ -> options.compression() instanceof Compression.Gzip;
      case Footer.ZstdChunked _ -> options.compression() instanceof Compression.Zstd;
      case Footer.ExternalToc() -> false;
    };
  }

  @Override
  public boolean makesExternalTocs() {
    return options.hasExternalToc();
  }

  @Override
  public Descriptor describe(Descriptor source, ConvertedLayer layer) {
    MediaType type =
        switch (options.compression()) {
          case Compression.Gzip _ -> MediaTypes.gzipped(source.mediaType());
          case Compression.Zstd _ -> MediaTypes.zstd(source.mediaType());
        };
    return source
        .withContent(layer.digest(), layer.size())
        .withMediaType(type)
        .withAnnotations(LayerAnnotations.of(source, layer));
  }
}
