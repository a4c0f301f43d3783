package dev.starling.convert;

import dev.starling.api.content.ImageSource;
import dev.starling.api.content.Transports;
import dev.starling.api.reference.Reference;
import dev.starling.api.reference.RegistryReference;
import java.io.IOException;

/** Finds where a source image is: a bare name in the local store first, then in its registry. */
final class SourceLookup {

  private SourceLookup() {}

  static ImageSource open(Transports transports, Reference reference, Transports.Http http)
      throws IOException {
    if (reference instanceof RegistryReference name
        && !name.hasScheme()
        && transports.store().find(name).isPresent()) {
      return transports.storeSource(name);
    }
    return transports.source(reference, http);
  }
}
