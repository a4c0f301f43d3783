package dev.starling.snapshot;

import dev.starling.api.job.Log;
import java.io.Closeable;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Says what a command waits for when the daemon has had nothing to tell for a while: a registry may
 * be slow, or never answer. Closing it ends that.
 */
final class WaitingLines implements Closeable {

  private static final Duration PAUSE = Duration.ofSeconds(4);

  private final Log log;
  private final String image;
  private final long start = System.nanoTime();
  private final Thread thread;
  private volatile boolean resolved;

  private WaitingLines(Log log, String image) {
    this.log = log;
    this.image = image;
    this.thread = Thread.ofPlatform().daemon().name("starling-waiting").start(this::tell);
  }

  /** Begins to wait for an image. */
  static WaitingLines start(Log log, String image) {
    return new WaitingLines(log, image);
  }

  /** Takes events for another: they say how far it is. */
  <E> Consumer<E> before(Consumer<? super E> events) {
    return event -> {
      resolved = true;
      events.accept(event);
    };
  }

  private void tell() {
    try {
      while (true) {
        Thread.sleep(PAUSE);
        long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
        String what = resolved ? "the layers' tables of contents" : "the registry's answer";
        log.info("waiting for %s, %s, for %d s".formatted(what, image, seconds));
      }
    } catch (InterruptedException e) {
      // It has come, or never will.
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
