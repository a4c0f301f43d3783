package dev.starling.convert;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.content.ImageSource;
import dev.starling.api.content.RandomAccessBlob;
import dev.starling.api.estargz.EstargzAnnotations;
import dev.starling.api.estargz.Footer;
import dev.starling.api.estargz.LayerPaths;
import dev.starling.api.estargz.Prioritization;
import dev.starling.api.estargz.Toc;
import dev.starling.api.estargz.UnverifiedToc;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Finds layers that have the wanted form already. Thread-safe. */
record ReuseCheck(ImageSource source, LayerConversion conversion) {

  /**
   * The digest of the layer's TOC if the layer can stay as it is: it is of the conversion's format,
   * its TOC is what its descriptor says, and none of the files to lay in front is in it. Only its
   * end is fetched.
   *
   * @return null if it has to be converted
   */
  @Nullable Digest tocOf(Descriptor layer, Prioritization files) throws IOException {
    String annotation = layer.annotations().get(EstargzAnnotations.TOC_DIGEST);
    if (annotation == null) {
      return null;
    }
    try (RandomAccessBlob blob = source.openRandomAccess(layer)) {
      Digest expected = Digest.parse(annotation);
      Footer footer = Footer.read(blob);
      if (footer == null || !conversion.writes(footer)) {
        return null;
      }
      Toc toc = UnverifiedToc.read(blob).verify(expected);
      boolean touched = !files.isEmpty() && !files.choose(LayerPaths.of(toc)).isEmpty();
      return touched ? null : expected;
    } catch (CorruptContentException | EOFException | IllegalArgumentException e) {
      return null; // no such layer after all; the conversion says what is wrong with it, if at all
    }
  }
}
