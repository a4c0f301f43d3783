package dev.starling.convert;

import dev.starling.api.content.BlobContent;
import dev.starling.api.estargz.ConvertedLayer;
import dev.starling.api.estargz.Footer;
import dev.starling.api.estargz.Prioritization;
import dev.starling.api.image.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** Fails for every layer, and says how long the layer is. */
final class FailingConversion implements LayerConversion {

  static String fault(long size) {
    return "no conversion of " + size + " bytes today";
  }

  @Override
  public ConvertedLayer convert(
      BlobContent source, Path target, Path scratch, LongConsumer progress) throws IOException {
    try (InputStream in = source.open(0)) {
      throw new IOException(fault(in.readAllBytes().length));
    }
  }

  @Override
  public String fingerprint() {
    return "failing";
  }

  @Override
  public LayerConversion prioritizing(Prioritization files) {
    return this;
  }

  @Override
  public boolean writes(Footer footer) {
    return false;
  }

  @Override
  public String codec() {
    return "none";
  }

  @Override
  public Descriptor describe(Descriptor source, ConvertedLayer layer) {
    throw new UnsupportedOperationException();
  }
}
