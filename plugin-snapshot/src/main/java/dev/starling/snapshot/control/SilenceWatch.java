package dev.starling.snapshot.control;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Closes a connection on which nothing has come for a while. Thread-safe. */
final class SilenceWatch implements Closeable {

  /** So many pauses are the limit: one alone is over at once for a process that was suspended. */
  private static final int PAUSES = 20;

  private final Connection connection;
  private final Duration limit;
  private final Thread thread;
  private final AtomicInteger pauses = new AtomicInteger();
  private volatile boolean over;

  /**
   * @param limit how long it may be silent
   */
  SilenceWatch(Connection connection, Duration limit) {
    this.connection = connection;
    this.limit = limit;
    this.thread = Thread.ofPlatform().daemon().name("starling-silence").start(this::watch);
  }

  Duration limit() {
    return limit;
  }

  /** Something has come. */
  void heard() {
    pauses.set(0);
  }

  /** Whether the connection was closed for its silence. */
  boolean isOver() {
    return over;
  }

  private void watch() {
    try {
      do {
        Thread.sleep(limit.dividedBy(PAUSES));
      } while (pauses.incrementAndGet() < PAUSES);
      over = true;
      connection.close();
    } catch (InterruptedException e) {
      // It has served.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
