package dev.starling.snapshot.daemon;

import dev.starling.api.image.Descriptor;
import dev.starling.api.job.Cancellation;
import dev.starling.api.job.TaskGroup;
import dev.starling.snapshot.daemon.Calls.LayerStatus;
import dev.starling.snapshot.daemon.DaemonState.Access;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * The layers of one image, base first, that somebody holds. Immutable.
 *
 * @param layers released by whoever holds them
 */
record LayerSet(List<LiveSnapshot> layers) {

  /** Layers that are opened at a time. */
  private static final int OPENING = 8;

  LayerSet {
    layers = List.copyOf(layers);
  }

  /** What is done with each layer before it counts as available. */
  @FunctionalInterface
  interface Step {
    void run(LiveSnapshot snapshot) throws IOException;
  }

  /**
   * Takes hold of an image's layers and makes them available.
   *
   * @throws IOException if one cannot be; then none is held
   */
  static LayerSet acquire(
      Snapshots snapshots, Access access, List<Descriptor> descriptors, Step step)
      throws IOException {
    List<LiveSnapshot> layers = new ArrayList<>();
    boolean complete = false;
    try {
      int parent = 0;
      for (Descriptor descriptor : descriptors) {
        LiveSnapshot layer = snapshots.acquire(access, descriptor, parent);
        layers.add(layer);
        parent = layer.entry().id();
      }
      LayerSet all = new LayerSet(layers);
      all.forEach(step);
      complete = true;
      return all;
    } finally {
      if (!complete) {
        snapshots.release(new LayerSet(layers).ids());
      }
    }
  }

  /** Does the step with all of them, several at a time, and waits for them. */
  void forEach(Step step) throws IOException {
    try (TaskGroup group = TaskGroup.forTransfers(OPENING, new Cancellation())) {
      try {
        layers.forEach(layer -> group.fork(() -> step.run(layer)));
      } catch (CancellationException e) {
        // One has failed already; joining tells why.
      }
      group.join();
    }
  }

  /** Their numbers. */
  List<Integer> ids() {
    return layers.stream().map(layer -> layer.entry().id()).toList();
  }

  /** How they do. */
  List<LayerStatus> status() {
    return layers.stream().map(LiveSnapshot::status).toList();
  }
}
