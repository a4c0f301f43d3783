package dev.starling.convert;

import dev.starling.api.content.BlobContent;
import dev.starling.api.estargz.ConvertedLayer;
import dev.starling.api.estargz.EstargzOptions;
import dev.starling.api.estargz.LayerConverter;
import dev.starling.api.image.Descriptor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** Layers become eStargz with the TOC inside. */
record EstargzConversion(EstargzOptions options, String codec) implements LayerConversion {

  /** Raised when the writer's output changes for equal input, so that no old result is taken up. */
  private static final int WRITER_VERSION = 1;

  @Override
  public String fingerprint() {
    return "estargz-%d level=%d chunk=%d min=%d codec=%s prioritized=%s"
        .formatted(
            WRITER_VERSION,
            options.compression().level(),
            options.chunkSize(),
            options.minChunkSize(),
            codec,
            options.prioritized());
  }

  @Override
  public ConvertedLayer convert(
      BlobContent source, Path target, Path scratch, LongConsumer progress) throws IOException {
    return LayerConverter.convert(source, target, options, scratch, progress);
  }

  @Override
  public Descriptor describe(Descriptor source, ConvertedLayer layer) {
    return source
        .withContent(layer.digest(), layer.size())
        .withMediaType(MediaTypes.gzipped(source.mediaType()))
        .withAnnotations(LayerAnnotations.of(source, layer));
  }
}
