package dev.starling.snapshot.daemon;

import dev.starling.snapshot.daemon.DaemonState.Access;
import java.io.IOException;

/**
 * Where layers come from and are held. Thread-safe.
 *
 * @param opened run whenever layers were opened
 */
record LayerSource(Images images, Snapshots snapshots, Runnable opened) {

  /**
   * Takes hold of an image's layers.
   *
   * @param step done with each of them before it counts as available
   * @throws IOException if one cannot be had; then none is held
   */
  LayerSet acquire(Access access, Images.Resolved resolved, LayerSet.Step step) throws IOException {
    LayerSet layers = LayerSet.acquire(snapshots, access, resolved.layers(), step);
    opened.run();
    return layers;
  }
}
