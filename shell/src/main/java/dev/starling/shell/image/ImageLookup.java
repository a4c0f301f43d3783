package dev.starling.shell.image;

import dev.starling.api.content.ImageSource;
import dev.starling.api.content.Transports;
import dev.starling.api.estargz.TocImage;
import dev.starling.api.reference.LayoutReference;
import dev.starling.api.reference.Reference;
import dev.starling.api.reference.RegistryReference;
import java.io.Closeable;
import java.io.IOException;

/**
 * Where an image was found: what a name without a scheme means is asked of the local image store
 * first, then of its registry.
 *
 * @param source the repository
 * @param selector the image's tag or digest in it
 * @param place for people, for example {@code the local image store}
 */
record ImageLookup(ImageSource source, String selector, String place) implements Closeable {

  static final String STORE = "the local image store";

  /** Finds the image's repository; the image itself may still be missing there. */
  static ImageLookup open(Transports transports, Reference reference, Transports.Http http)
      throws IOException {
    if (reference instanceof RegistryReference name && !name.hasScheme()) {
      if (transports.store().find(name).isPresent()) {
        return stored(transports, name);
      }
    }
    return new ImageLookup(
        transports.source(reference, http), reference.selector(), place(reference));
  }

  /** The image of that name in the local image store, whatever its scheme. */
  static ImageLookup stored(Transports transports, RegistryReference name) throws IOException {
    return new ImageLookup(transports.storeSource(name), name.selector(), STORE);
  }

  /** What people call the place that a reference names. */
  static String place(Reference reference) {
    return switch (reference) {
      case RegistryReference registry -> "the registry " + registry.host();
      case LayoutReference layout -> "the layout " + layout.directory();
    };
  }

  /** The TOCs of the image's layers, of which the TOC image lies beside it. */
  LayerTocs tocs(Reference reference) {
    return new LayerTocs(source, TocImage.tagFor(reference));
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
