package dev.starling.snapshot.fetch;

import java.time.Duration;

/** Waits, so that tests need not. */
@FunctionalInterface
public interface Pause {

  /** Really waits. */
  Pause SLEEPING = duration -> Thread.sleep(duration);

  /** Returns when the duration has passed. */
  void await(Duration duration) throws InterruptedException;
}
