package dev.starling.convert;

import dev.starling.api.content.BlobContent;
import dev.starling.api.estargz.ConvertedLayer;
import dev.starling.api.estargz.Footer;
import dev.starling.api.estargz.LayerConverter;
import dev.starling.api.estargz.Prioritization;
import dev.starling.api.image.Descriptor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** Layers become plain tars; what made them lazily readable stays behind. */
record Uncompression() implements LayerConversion {

  @Override
  public String fingerprint() {
    return "tar";
  }

  @Override
  public String codec() {
    return "none";
  }

  /** A plain tar has no front: nothing but the bytes of the source is written. */
  @Override
  public LayerConversion prioritizing(Prioritization files) {
    if (!files.isEmpty()) {
      throw new IllegalArgumentException("no files can be laid in front of a plain tar");
    }
    return this;
  }

  @Override
  public boolean writes(Footer footer) {
    return false;
  }

  @Override
  public ConvertedLayer convert(
      BlobContent source, Path target, Path scratch, LongConsumer progress) throws IOException {
    return LayerConverter.uncompress(source, target, progress);
  }

  @Override
  public Descriptor describe(Descriptor source, ConvertedLayer layer) {
    return source
        .withContent(layer.digest(), layer.size())
        .withMediaType(MediaTypes.uncompressed(source.mediaType()))
        .withAnnotations(LayerAnnotations.of(source, layer));
  }
}
