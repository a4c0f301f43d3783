package dev.starling.snapshot;

import dev.starling.api.job.Log;
import dev.starling.snapshot.daemon.Calls.LayerStatus;
import java.util.List;

/** Tells which layers had to be fetched whole, and why. */
final class LazinessWarnings {

  private LazinessWarnings() {}

  static void tell(List<LayerStatus> layers, Log log) {
    for (LayerStatus layer : layers) {
      if (!layer.lazy()) {
        log.warn(
            "layer %s is not lazy: %s; it was fetched whole"
                .formatted(layer.digest(), layer.kind()));
      }
    }
  }
}
