package dev.starling.snapshot.fetch;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Knows whether somebody waits for the network or for a layer, so that what can wait does.
 * Thread-safe.
 */
final class Traffic {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final LongSupplier nanoTime;
  private int urgent;
  private long lastUrgent;

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  Traffic(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.lastUrgent = nanoTime.getAsLong();
  }

  /** Somebody waits from now on. */
  void begin() {
    lock.lock();
    try {
      urgent++;
    } finally {
      lock.unlock();
    }
  }

  /** He waits no more. */
  void end() {
    lock.lock();
    try {
      urgent--;
      lastUrgent = nanoTime.getAsLong();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nobody has waited for so long. */
  void awaitQuiet(Duration quiet) throws InterruptedException {
    lock.lock();
    try {
      while (true) {
        long left = lastUrgent + quiet.toNanos() - nanoTime.getAsLong();
        if (urgent > 0) {
          changed.await();
        } else if (left > 0) {
          boolean _ = changed.await(left, TimeUnit.NANOSECONDS);
        } else {
          return;
        }
      }
    } finally {
      lock.unlock();
    }
  }
}
