package dev.starling.shell.image;

import dev.starling.api.content.BlobContent;
import dev.starling.api.content.ContentNotFoundException;
import dev.starling.api.content.CorruptContentException;
import dev.starling.api.content.ImageSource;
import dev.starling.api.content.RandomAccessBlob;
import dev.starling.api.estargz.Footer;
import dev.starling.api.estargz.TocImage;
import dev.starling.api.estargz.UnverifiedToc;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Manifest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the TOCs of an image's layers: in the layers, or in the TOC image beside it, which is
 * fetched when it is first asked for. Thread-safe.
 */
final class LayerTocs {

  private final ImageSource source;
  private final @Nullable String tag;
  private boolean sought;
  private @Nullable Manifest image;

  /**
   * @param source the image's repository
   * @param tag the tag of its TOC image, or null if it has no name because the image's digest was
   *     given
   */
  LayerTocs(ImageSource source, @Nullable String tag) {
    this.source = source;
    this.tag = tag;
  }

  /** Whether a layer's footer says that its TOC is external. */
  static boolean isExternal(RandomAccessBlob layer) throws IOException {
    return Footer.read(layer) instanceof Footer.ExternalToc;
  }

  /** The TOC of a lazily readable layer, wherever it is. */
  UnverifiedToc read(RandomAccessBlob content, Descriptor layer) throws IOException {
    BlobContent external = external(content, layer);
    return external == null
        ? UnverifiedToc.read(content)
        : UnverifiedToc.readExternal(content, external);
  }

  /**
   * The blob with a layer's external TOC, verifying itself.
   *
   * @return null if the layer does not say that its TOC is external
   * @throws ContentNotFoundException if it does, and the TOC cannot be found
   */
  @Nullable BlobContent external(RandomAccessBlob content, Descriptor layer) throws IOException {
    if (!isExternal(content)) {
      return null;
    }
    Descriptor toc = find(layer);
    if (toc == null) {
      throw new ContentNotFoundException("the layer's TOC is external, and " + whatIsMissing());
    }
    if (toc.size() > UnverifiedToc.MAX_SIZE) {
      throw new CorruptContentException("the TOC blob " + toc.digest() + " is too large");
    }
    return offset -> offset == 0 ? source.openBlob(toc) : source.openBlob(toc, offset);
  }

  private String whatIsMissing() throws IOException {
    if (tag == null) {
      return "its TOC image is named after the image's tag; name the image by its tag alone";
    }
    return image() == null
        ? "its TOC image is missing beside the image, under the tag " + tag
        : "the TOC image beside the image, under the tag " + tag + ", has none for this layer";
  }

  /** The blob that the TOC image names for a layer; null if there is none or no such image. */
  @Nullable Descriptor find(Descriptor layer) throws IOException {
    Manifest tocs = image();
    return tocs == null ? null : TocImage.find(tocs, layer.digest());
  }

  private synchronized @Nullable Manifest image() throws IOException {
    if (!sought && tag != null) {
      try {
        image = Manifest.parse(source.manifest(tag));
      } catch (ContentNotFoundException e) {
        image = null;
      }
    }
    sought = true;
    return image;
  }
}
