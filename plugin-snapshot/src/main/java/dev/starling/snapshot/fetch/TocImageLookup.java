package dev.starling.snapshot.fetch;

import dev.starling.api.content.ContentNotFoundException;
import dev.starling.api.content.CorruptContentException;
import dev.starling.api.content.ImageSource;
import dev.starling.api.estargz.TocImage;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Manifest;
import dev.starling.api.reference.Reference;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Finds TOCs in the TOC image beside an image. Thread-safe. */
record TocImageLookup(ImageSource source, Reference image) implements ExternalTocs {

  @Override
  public @Nullable InputStream open(Digest layer) throws IOException {
    String tag = TocImage.tagFor(image);
    if (tag == null) {
      throw new CorruptContentException(
          "it lies in another image, which can be found by this image's tag only; "
              + image
              + " is named by its digest");
    }
    Descriptor toc;
    try {
      toc = TocImage.find(Manifest.parse(source.manifest(tag)), layer);
    } catch (ContentNotFoundException e) {
      throw new CorruptContentException(
          "it lies in the image with the tag " + tag + ", and there is none", e);
    }
    if (toc == null) {
      return null;
    }
    if (toc.size() > TocLoader.MAX_COMPRESSED) {
      throw new CorruptContentException("it is longer than " + TocLoader.MAX_COMPRESSED + " bytes");
    }
    return source.openBlob(toc);
  }
}
