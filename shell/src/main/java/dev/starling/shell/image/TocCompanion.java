package dev.starling.shell.image;

import dev.starling.api.content.ContentNotFoundException;
import dev.starling.api.content.ImageSink;
import dev.starling.api.content.ImageSource;
import dev.starling.api.content.RandomAccessBlob;
import dev.starling.api.copy.CopiedImage;
import dev.starling.api.copy.CopyOptions;
import dev.starling.api.copy.ImageCopy;
import dev.starling.api.estargz.TocImage;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.RawManifest;
import dev.starling.api.reference.Reference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The TOC image that went along with an image.
 *
 * @param target where it is now
 * @param digest the digest of its manifest
 * @param blobs what is in it
 */
public record TocCompanion(String target, Digest digest, List<Transfer> blobs) {

  public TocCompanion {
    blobs = List.copyOf(blobs);
  }

  /**
   * Copies the TOC image of an image with external TOCs. Says so, also if it is not there.
   *
   * @return null if it could not be copied
   */
  static @Nullable TocCompanion copy(
      ImageSource source, Reference from, ImageSink sink, Reference to, CopyOptions options)
      throws IOException {
    String tag = TocImage.tagFor(from);
    String newTag = TocImage.tagFor(to);
    if (tag == null || newTag == null) {
      options
          .log()
          .warn(
              "%s has an external TOC; its TOC image does not go along, because only a tag names it"
                  .formatted(options.name()));
      return null;
    }
    try {
      CopiedImage copied = new ImageCopy(source, sink, options).copy(tag, newTag);
      String name = ImageNames.shown(to.withTag(newTag));
      options.log().info("its TOC image goes along, as " + name);
      return new TocCompanion(name, copied.root().digest(), Transfer.of(copied.blobs()));
    } catch (ContentNotFoundException e) {
      options
          .log()
          .warn(
              "%s has an external TOC, but its TOC image %s is not there: without it the image"
                      .formatted(options.name(), tag)
                  + " cannot be read lazily; convert it again");
      return null;
    }
  }

  /** The layers of the images below a manifest or index that are wanted and there. */
  static List<Descriptor> layers(ImageSource source, RawManifest root, CopyOptions options)
      throws IOException {
    List<Descriptor> layers = new ArrayList<>();
    for (ImageEntry entry : ImageEntry.list(source, root, options.platforms())) {
      if (entry.raw() != null) {
        layers.addAll(entry.manifest().layers());
      }
    }
    return layers;
  }

  /** Whether a layer says that its TOC is external. */
  static boolean anyExternal(ImageSource source, List<Descriptor> layers) throws IOException {
    for (Descriptor layer : layers) {
      if (LayerKind.of(layer) == LayerKind.ESTARGZ) {
        try (RandomAccessBlob content = source.openRandomAccess(layer)) {
          if (LayerTocs.isExternal(content)) {
            return true;
          }
        } catch (ContentNotFoundException e) {
          // The copy itself says what is missing.
        }
      }
    }
    return false;
  }
}
