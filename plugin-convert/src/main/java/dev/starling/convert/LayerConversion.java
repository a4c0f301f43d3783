package dev.starling.convert;

import dev.starling.api.content.BlobContent;
import dev.starling.api.estargz.ConvertedLayer;
import dev.starling.api.estargz.Footer;
import dev.starling.api.estargz.Prioritization;
import dev.starling.api.image.Descriptor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** What happens to one layer. Implementations are immutable and used by several threads at once. */
public interface LayerConversion {

  /**
   * A name for everything that the result depends on besides the source's bytes: format, options,
   * codec, version. Equal names mean equal results.
   */
  String fingerprint();

  /**
   * Converts a layer.
   *
   * @param source the layer's blob, verified or verifying itself
   * @param target the file to write
   * @param scratch a folder for what is needed meanwhile
   * @param progress told how many more bytes were read
   */
  ConvertedLayer convert(BlobContent source, Path target, Path scratch, LongConsumer progress)
      throws IOException;

  /** The same with these files laid in front of the layer. */
  LayerConversion prioritizing(Prioritization files);

  /** Whether a layer that ends like this has the form that layers get here. */
  boolean writes(Footer footer);

  /** The compressor, on which the digests depend; for people. */
  String codec();

  /** Whether layers get TOCs outside of them, so that the result needs a TOC image beside it. */
  default boolean makesExternalTocs() {
    return false;
  }

  /** The descriptor of the converted layer: type and annotations follow from the source's. */
  Descriptor describe(Descriptor source, ConvertedLayer layer);
}
