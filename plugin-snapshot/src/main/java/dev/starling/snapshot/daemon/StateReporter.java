package dev.starling.snapshot.daemon;

import dev.starling.snapshot.daemon.Calls.LayerStatus;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps the small file beside each layer's mount up to date, for people and scripts. For one
 * thread.
 */
final class StateReporter {

  private final DaemonPlaces places;
  private final Map<Integer, LayerReport> written = new HashMap<>();

  StateReporter(DaemonPlaces places) {
    this.places = places;
  }

  /**
   * What the file says.
   *
   * @param digest the layer's digest
   * @param size its length in bytes, compressed
   * @param fetchedSize how many of these bytes are on this machine
   * @param fetchedPercent the same in percent
   * @param lazy whether it is fetched as it is read
   * @param kind its format if it is lazy, else why it is not
   */
  record LayerReport(
      String digest,
      long size,
      long fetchedSize,
      double fetchedPercent,
      boolean lazy,
      String kind) {}

  /** Writes the files of those layers that have changed since they were last written. */
  void report(Iterable<LayerStatus> layers) throws IOException {
    for (LayerStatus layer : layers) {
      LayerReport report =
          new LayerReport(
              layer.digest(),
              layer.size(),
              layer.fetchedSize(),
              layer.fetchedPercent(),
              layer.lazy(),
              layer.kind());
      if (!layer.directory().isEmpty() && !report.equals(written.put(layer.snapshot(), report))) {
        StateFile.write(places.snapshotState(layer.snapshot()), report, false);
      }
    }
  }
}
