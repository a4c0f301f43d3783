package dev.starling.snapshot.daemon;

import dev.starling.api.job.Log;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Takes up what a daemon left, each piece by itself: one that fails, as when its registry is away,
 * is tried again after pauses that grow, until it succeeds or is not wanted any more. Thread-safe.
 */
final class Restoration implements Closeable {

  /** Pieces that are taken up at a time. */
  private static final int PARALLEL = 8;

  /** What the state of a piece says that is tried again, after the failure. */
  static final String RETRIED = "; it is tried again";

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /** A layer or a mount that is to be taken up. */
  interface Piece {

    /** What it is, for the log. */
    String name();

    /** Takes it up; does nothing if it is not wanted any more. */
    void takeUp() throws IOException;

    /** Whether it was given up meanwhile. */
    boolean isGivenUp();

    /** Has its state say whether it is tried again. */
    void setRetried(boolean retried);
  }

  private final Log log;
  private final Semaphore permits = new Semaphore(PARALLEL);
  private final List<Thread> threads = new ArrayList<>();

  Restoration(Log log) {
    this.log = log;
  }

  /**
   * Takes pieces up, on threads of its own.
   *
   * @param limit how long to wait until all have been tried once
   */
  synchronized void start(List<Piece> pieces, Duration limit) throws IOException {
    CountDownLatch tried = new CountDownLatch(pieces.size());
    for (Piece piece : pieces) {
      threads.add(Thread.ofVirtual().name("starling-restore").start(() -> takeUp(piece, tried)));
    }
    try {
      boolean _ = tried.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException)
          new java.io.InterruptedIOException("taking up the mounts was interrupted").initCause(e);
    }
  }

  private void takeUp(Piece piece, CountDownLatch tried) {
    Duration pause = FIRST_PAUSE;
    try {
      while (!attempt(piece, pause)) {
        tried.countDown();
        Thread.sleep(pause);
        pause = pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
      }
    } catch (InterruptedException e) {
      // The daemon ends; the next one takes it up.
    } finally {
      tried.countDown();
    }
  }

  /** Whether there is nothing more to do. */
  private boolean attempt(Piece piece, Duration pause) throws InterruptedException {
    permits.acquire();
    try {
      if (piece.isGivenUp()) {
        return true;
      }
      piece.takeUp();
      piece.setRetried(false);
      return true;
    } catch (IOException | RuntimeException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      piece.setRetried(true);
      String line = piece.name() + " failed: " + e.getMessage() + RETRIED;
      if (pause.equals(FIRST_PAUSE)) {
        log.warn(line);
      } else {
        log.debug(line);
      }
      return false;
    } finally {
      permits.release();
    }
  }

  /** Ends what is still tried, and waits for it. */
  @Override
  public void close() throws IOException {
    List<Thread> running;
    synchronized (this) {
      running = List.copyOf(threads);
      threads.clear();
    }
    running.forEach(Thread::interrupt);
    try {
      for (Thread thread : running) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
