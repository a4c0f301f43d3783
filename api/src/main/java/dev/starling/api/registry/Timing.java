package dev.starling.api.registry;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * Time and chance, so that tests need not wait for either.
 *
 * @param clock for expiry
 * @param pause how to wait
 * @param random numbers from 0 to below 1; thread-safe
 */
record Timing(Clock clock, Pause pause, DoubleSupplier random) {

  /** Waits, unless the scope is closed before. */
  @FunctionalInterface
  interface Pause {
    void await(Duration duration, CallScope scope) throws InterruptedException;
  }

  static final Timing SYSTEM =
      new Timing(
          Clock.systemUTC(),
          (duration, scope) -> scope.awaitClosed(duration),
          () -> ThreadLocalRandom.current().nextDouble());
}
