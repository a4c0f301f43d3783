package dev.starling.convert;

import dev.starling.api.command.UsageException;
import dev.starling.api.estargz.TocBlob;
import dev.starling.api.estargz.TocImage;
import dev.starling.api.image.Digest;
import dev.starling.api.image.RawManifest;
import dev.starling.api.reference.InvalidReferenceException;
import dev.starling.api.reference.Reference;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the TOC image of a converted one beside it, to all destinations. */
record TocImageWriter(List<Destination> destinations) {

  /**
   * The name of the TOC image beside a target.
   *
   * @param text the target as it was given
   * @param target the same, parsed
   * @throws UsageException if no tag was given that it could be derived from
   */
  static Reference nameFor(String text, Reference target) {
    String tag = TocImage.tagFor(target);
    if (tag == null || !text.endsWith(":" + target.tag())) {
      throw new UsageException(
          "'%s' has %s; with an external TOC the target needs a tag, such as registry.example/app:1.0,"
                  .formatted(text, target.digest() == null ? "no tag" : "a digest")
              + " because its TOC image is named after it: TAG"
              + TocImage.SUFFIX);
    }
    try {
      return target.withTag(tag);
    } catch (InvalidReferenceException e) {
      throw new UsageException(
          "the tag of '%s' is too long for its TOC image, whose tag is %s: %s"
              .formatted(text, tag, e.getMessage()));
    }
  }

  /**
   * Writes the image around blobs that are in the destinations already.
   *
   * @param tocs the external TOCs by the digests of their layers
   * @return the image, or null if there are no external TOCs
   */
  @Nullable RawManifest write(Map<Digest, TocBlob> tocs) throws IOException {
    if (tocs.isEmpty()) {
      return null;
    }
    RawManifest image = TocImage.manifest(tocs);
    byte[] config = TocImage.config();
    for (Destination destination : destinations) {
      destination
          .sink()
          .putBlob(
              TocImage.configDescriptor(),
              offset -> new ByteArrayInputStream(config, (int) offset, config.length),
              destination.mountFrom());
      destination.sink().putManifest(image, destination.tag() + TocImage.SUFFIX);
    }
    return image;
  }
}
