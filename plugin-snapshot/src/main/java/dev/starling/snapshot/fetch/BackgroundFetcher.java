package dev.starling.snapshot.fetch;

import java.io.Closeable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the rest of all layers, a piece of each in turn, while nobody waits for the network. Also
 * finds out what of a new layer is in the cache already, even when it is switched off. Thread-safe.
 */
final class BackgroundFetcher implements Closeable {

  /** What a reader that comes in the meantime may have to wait for, in bytes. */
  private static final long PIECE = 1 << 20;

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);
  private static final Duration CACHE_FULL = Duration.ofMinutes(1);

  private static final class Work {
    final ChunkFetcher fetcher;
    int next;
    boolean surveyed;

    Work(ChunkFetcher fetcher) {
      this.fetcher = fetcher;
    }
  }

  private final FetchContext context;
  private final Deque<Work> queue = new ArrayDeque<>();
  private boolean enabled;
  private boolean closed;
  private @Nullable Thread worker;
  private boolean starting;

  BackgroundFetcher(FetchContext context) {
    this.context = context;
    this.enabled = context.options().background();
  }

  /** Fetches this layer too. */
  synchronized void add(ChunkFetcher fetcher) {
    queue.addFirst(new Work(fetcher));
    startOrWake();
  }

  synchronized void setEnabled(boolean value) {
    enabled = value;
    startOrWake();
  }

  private synchronized void startOrWake() {
    notifyAll();
    if (worker == null && !starting && !closed) {
      starting = true;
      context.executor().execute(this::work);
    }
  }

  private void work() {
    synchronized (this) {
      worker = Thread.currentThread();
      starting = false;
    }
    try {
      for (Work work = take(); work != null; work = take()) {
        if (fetchSome(work)) {
          giveBack(work);
        }
      }
    } catch (InterruptedException e) {
      // Closed: nothing is waited for any more.
    } finally {
      synchronized (this) {
        if (Thread.currentThread().equals(worker)) {
          worker = null;
        }
      }
    }
  }

  /** The next layer in turn, or null if there is nothing to do. */
  private synchronized @Nullable Work take() {
    if (closed) {
      return null;
    }
    for (Work work : queue) {
      if (enabled || !work.surveyed) {
        queue.remove(work);
        return work;
      }
    }
    worker = null; // the next to add work starts another
    return null;
  }

  private synchronized void giveBack(Work work) {
    queue.addLast(work);
  }

  private synchronized boolean isEnabled() {
    return enabled;
  }

  /** Does a piece; false if nothing is left of the layer. */
  private boolean fetchSome(Work work) throws InterruptedException {
    if (work.fetcher.isClosed()) {
      return false;
    }
    context.traffic().awaitQuiet(context.options().times().quiet());
    if (!work.surveyed) {
      work.fetcher.survey();
      work.surveyed = true;
      return !work.fetcher.isComplete();
    }
    if (!context.cache().hasRoom()) {
      context.pause().await(CACHE_FULL);
      return true;
    }
    List<Integer> chunks = work.fetcher.nextMissing(work.next, PIECE);
    if (chunks.isEmpty()) {
      return false;
    }
    Flight flight = isEnabled() ? work.fetcher.backgroundFlight(chunks) : null;
    if (flight == null) {
      return true;
    }
    flight.run();
    if (work.fetcher.areMissing(chunks)) {
      context.pause().await(AFTER_FAILURE);
    } else {
      work.next = chunks.getLast() + 1;
    }
    return true;
  }

  @Override
  public void close() {
    Thread running;
    synchronized (this) {
      closed = true;
      queue.clear();
      running = worker;
      notifyAll();
    }
    if (running != null) {
      running.interrupt();
    }
  }
}
