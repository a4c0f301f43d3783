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

  /** How many bytes the heap may grow by before it is cleared. */
  private static final long MAX_GROWTH = 4 << 20;

  private final StateReporter reporter;
  private final Supplier<List<LayerStatus>> layers;
  private final Log log;
  private volatile boolean closed;
  private volatile boolean opened = true;

  /** How large the heap was when it had been cleared last, in bytes; of the one thread. */
  private long heap;

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

  /**
   * Opening layers leaves garbage, and so do many readers at a time; the serial collector lets its
   * old space grow to its limit before it looks there.
   */
  private void clearMemory() {
    Runtime runtime = Runtime.getRuntime();
    if (opened || runtime.totalMemory() > heap + MAX_GROWTH) {
      opened = false;
      runtime.gc();
      heap = runtime.totalMemory();
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
