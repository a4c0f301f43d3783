package dev.starling.snapshot.daemon;

import dev.starling.api.image.Descriptor;
import dev.starling.snapshot.daemon.DaemonState.Access;
import dev.starling.snapshot.layer.Layer;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Where the daemon's images come from. Thread-safe. */
public interface Images {

  /**
   * An image, resolved for one platform.
   *
   * @param digest the digest of its manifest or index
   * @param manifest the digest of its manifest
   * @param config where its configuration is
   * @param layers its layers, base first
   */
  record Resolved(String digest, String manifest, Descriptor config, List<Descriptor> layers) {
    public Resolved {
      layers = List.copyOf(layers);
    }
  }

  /**
   * Resolves an image.
   *
   * @param events told what is fetched on the way
   * @throws IOException if there is no such image, or its registry does not answer
   */
  Resolved resolve(Access image, Consumer<Calls.Fetching> events) throws IOException;

  /**
   * Fetches an image's configuration.
   *
   * @param config its descriptor there
   * @return the JSON as it arrived
   * @throws IOException if it cannot be read or is too large
   */
  String config(Access image, Descriptor config) throws IOException;

  /**
   * Opens a layer and fetches what it needs first.
   *
   * @param image the image that has it
   * @param layer its descriptor there
   * @throws IOException if it cannot be read
   */
  Layer open(Access image, Descriptor layer) throws IOException;
}
