package dev.starling.snapshot.daemon;

import dev.starling.api.job.Log;
import dev.starling.snapshot.daemon.Calls.LayerStatus;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * What the daemon does from time to time: keeps the file beside each layer's mount up to date, and
 * gives memory back. Thread-safe.
 */
final class Upkeep implements Closeable {

  private final StateReporter reporter;
  private final Supplier<List<LayerStatus>> layers;
  private final Log log;
  private volatile boolean closed;
  private volatile boolean opened = true;

  Upkeep(DaemonPlaces places, Supplier<List<LayerStatus>> layers, Log log) {
    this.reporter = new StateReporter(places);
    this.layers = layers;
    this.log = log;
  }

  /**
   * Begins, until it is closed.
   *
   * @param pause how often it is looked whether anything has changed
   */
  void start(Duration pause) {
    Thread.ofPlatform()
        .daemon()
        .name("starling-report")
        .start(() -> {
          while (!closed) {
            report();
            clearMemory();
            LockSupport.parkNanos(pause.toNanos());
          }
        });
  }

  private void report() {
    try {
      reporter.report(layers.get());
    } catch (IOException | RuntimeException e) {
      log.warn("the state of the layers failed: " + e.getMessage());
    }
  }

  /** Opening layers leaves garbage, which would stay for as long as there is room for it. */
  private void clearMemory() {
    if (opened) {
      opened = false;
      System.gc();
    }
  }

  /** Layers were opened. */
  void opened() {
    opened = true;
  }

  @Override
  public void close() {
    closed = true;
  }
}
