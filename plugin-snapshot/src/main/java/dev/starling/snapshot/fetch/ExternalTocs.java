package dev.starling.snapshot.fetch;

import dev.starling.api.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Finds the TOCs of layers that do not hold their own. Thread-safe. */
@FunctionalInterface
public interface ExternalTocs {

  /** Knows none. */
  ExternalTocs NONE = layer -> null;

  /**
   * Opens the blob that holds a layer's TOC.
   *
   * @param layer the layer's digest
   * @return the whole blob, unverified; null if there is none for the layer
   */
  @Nullable InputStream open(Digest layer) throws IOException;
}
