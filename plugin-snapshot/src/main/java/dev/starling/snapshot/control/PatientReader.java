package dev.starling.snapshot.control;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a connection, and closes it when it is waited on and nothing comes for a while. What
 * the reader itself takes between two messages does not count. Used by one thread.
 */
final class PatientReader implements Closeable {

  /** So many pauses are the limit: one alone is over at once for a process that was suspended. */
  private static final int PAUSES = 20;

  private final Connection connection;
  private final Duration limit;
  private final Thread watch;
  private boolean waiting;
  private int pauses;
  private boolean silent;

  /**
   * @param limit how long it may be silent
   */
  PatientReader(Connection connection, Duration limit) {
    this.connection = connection;
    this.limit = limit;
    this.watch = Thread.ofPlatform().daemon().name("starling-silence").start(this::watch);
  }

  /**
   * The next message, or null if the other side has closed.
   *
   * @throws SilentException if none came for too long
   */
  @Nullable Message read() throws IOException {
    setWaiting(true);
    try {
      return connection.read();
    } catch (IOException e) {
      throw isSilent() ? new SilentException(limit, e) : e;
    } finally {
      setWaiting(false);
    }
  }

  private synchronized void setWaiting(boolean value) {
    waiting = value;
    pauses = 0;
  }

  private synchronized boolean isSilent() {
    return silent;
  }

  private void watch() {
    try {
      while (!isSilent()) {
        Thread.sleep(limit.dividedBy(PAUSES));
        pause();
      }
    } catch (InterruptedException e) {
      // It has served.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Under the lock, so that no connection is closed that has just been heard from. */
  private synchronized void pause() throws IOException {
    pauses++;
    if (waiting && pauses >= PAUSES) {
      silent = true;
      connection.close();
    }
  }

  /** Stops to watch; the connection stays open. */
  @Override
  public void close() {
    watch.interrupt();
  }
}
