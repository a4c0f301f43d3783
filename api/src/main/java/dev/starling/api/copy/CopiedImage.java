package dev.starling.api.copy;

import dev.starling.api.image.Descriptor;
import java.util.List;

/**
 * What a copy did.
 *
 * @param root the manifest or index that the sink now has
 * @param manifests the images copied, with their platforms where an index names them
 * @param blobs layers and configs, each once, in the images' order
 * @param narrowed whether the root lists fewer images than the source's and so has a new digest
 */
public record CopiedImage(
    Descriptor root, List<Descriptor> manifests, List<CopiedBlob> blobs, boolean narrowed) {

  /** Takes copies of the lists. */
  public CopiedImage {
    manifests = List.copyOf(manifests);
    blobs = List.copyOf(blobs);
  }
}
