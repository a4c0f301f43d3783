package dev.starling.convert;

import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Index;
import dev.starling.api.image.RawManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Rewrites an index around converted images; everything else in it stays.
 *
 * @param plan what is in the result
 * @param oci whether the index's type becomes OCI's
 */
record IndexRewriter(ImagePlan plan, boolean oci) {

  /**
   * The new index, or the very same if nothing changed.
   *
   * @param converted what became of each image, by its old digest
   */
  RawManifest rewrite(Index index, Map<Digest, RawManifest> converted) {
    List<Descriptor> entries = new ArrayList<>();
    for (ImagePlan.Entry entry : plan.entries()) {
      entries.add(
          switch (entry) {
            case ImagePlan.Image image -> describe(image.descriptor(), converted);
            case ImagePlan.Other(Descriptor other) -> referring(other, converted);
          });
    }
    Index result = index.withManifests(entries);
    if (oci) {
      result = result.withMediaType(MediaTypes.toOci(index.mediaType()));
    }
    return result.equals(index) ? plan.root() : result.toRaw();
  }

  private static Descriptor describe(Descriptor entry, Map<Digest, RawManifest> converted) {
    RawManifest manifest = Objects.requireNonNull(converted.get(entry.digest()));
    return entry
        .withContent(manifest.digest(), manifest.descriptor().size())
        .withMediaType(manifest.mediaType());
  }

  /** The entry, with the new digest of the image that it is about. */
  private static Descriptor referring(Descriptor entry, Map<Digest, RawManifest> converted) {
    Digest about = ImagePlan.refersTo(entry);
    RawManifest image = about == null ? null : converted.get(about);
    if (image == null) {
      return entry;
    }
    Map<String, String> annotations = new TreeMap<>(entry.annotations());
    annotations.put(ImagePlan.REFERENCE, image.digest().toString());
    return entry.withAnnotations(annotations);
  }
}
