package dev.starling.api.job;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs the parts of one job side by side, at most {@code bound} at a time, each on a thread of its
 * own. The first failure, and the job's cancellation, interrupt all other parts; {@link #join}
 * reports that first failure. Parts may fork further parts only while they hold no permit that
 * those need, so nest groups rather than forking from inside. Thread-safe.
 */
public final class TaskGroup implements AutoCloseable {

  private final ExecutorService threads;
  private final Semaphore permits;
  private final Cancellation.Registration registration;
  private final Cancellation cancellation;
  private final List<Future<?>> parts = new ArrayList<>();
  private final AtomicReference<@Nullable Throwable> firstFailure = new AtomicReference<>();

  private TaskGroup(ThreadFactory factory, int bound, Cancellation cancellation) {
    this.threads = Executors.newThreadPerTaskExecutor(factory);
    this.permits = new Semaphore(bound);
    this.cancellation = cancellation;
    this.registration = cancellation.onRequest(threads::shutdownNow);
  }

  /**
   * Parts that mostly wait for the network or the disk: virtual threads.
   *
   * @param bound how many run at a time, at least 1
   */
  public static TaskGroup forTransfers(int bound, Cancellation cancellation) {
    return new TaskGroup(Thread.ofVirtual().factory(), bound, cancellation);
  }

  /**
   * Parts that mostly compute: platform threads.
   *
   * @param bound how many run at a time, at least 1
   */
  public static TaskGroup forComputing(int bound, Cancellation cancellation) {
    return new TaskGroup(
        Thread.ofPlatform().daemon().name("starling-work-", 0).factory(), bound, cancellation);
  }

  /** A part without a result. */
  @FunctionalInterface
  public interface Part {
    /** Does the part; what it throws ends the group. */
    void run() throws Exception;
  }

  /**
   * Starts a part as soon as there is room for it. Once a part has failed none is started any more;
   * {@link #join} tells of the failure.
   *
   * @throws CancellationException if the job was cancelled
   */
  public void fork(Part part) {
    Future<?> _ =
        submit(() -> {
          part.run();
          return Boolean.TRUE;
        });
  }

  /**
   * Starts a part whose result other parts wait for with {@link #await}. Once a part has failed
   * none is started any more, and to wait for it tells of the failure.
   *
   * @throws CancellationException if the job was cancelled
   */
  public synchronized <T> Future<T> submit(Callable<T> part) {
    Future<T> future;
    try {
      future = threads.submit(() -> run(part));
    } catch (RejectedExecutionException e) {
      cancellation.check();
      future = new CompletableFuture<>();
      future.cancel(false);
    }
    parts.add(future);
    return future;
  }

  private <T> T run(Callable<T> part) throws Exception {
    permits.acquire();
    try {
      return part.call();
    } catch (Throwable failure) {
      if (firstFailure.compareAndSet(null, failure)) {
        threads.shutdownNow();
      }
      throw failure;
    } finally {
      permits.release();
    }
  }

  /**
   * Waits for all parts.
   *
   * @throws IOException if a part failed, with that part's first failure
   * @throws CancellationException if the job was cancelled
   */
  public void join() throws IOException {
    for (int i = 0; i < count(); i++) {
      try {
        part(i).get();
      } catch (ExecutionException | CancellationException e) {
        break; // the first failure in time is reported below, not the first in order
      } catch (InterruptedException e) {
        threads.shutdownNow();
        Thread.currentThread().interrupt();
        throw interrupted(e);
      }
    }
    cancellation.check();
    Throwable failure = firstFailure.get();
    if (failure != null) {
      rethrow(failure);
    }
  }

  /**
   * Waits for one part's result.
   *
   * @throws IOException if it or an earlier part failed
   */
  public <T> T await(Future<T> part) throws IOException {
    try {
      return part.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    } catch (ExecutionException | CancellationException e) {
      cancellation.check();
      Throwable failure = firstFailure.get();
      rethrow(failure != null ? failure : e);
      throw new AssertionError("unreachable", e);
    }
  }

  private synchronized int count() {
    return parts.size();
  }

  private synchronized Future<?> part(int index) {
    return parts.get(index);
  }

  private static IOException interrupted(InterruptedException cause) {
    IOException failure = new InterruptedIOException("interrupted while waiting for other work");
    failure.initCause(cause);
    return failure;
  }

  private static void rethrow(Throwable failure) throws IOException {
    switch (failure) {
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IOException(failure.getMessage(), failure);
    }
  }

  /** Interrupts what still runs and waits for it to end. */
  @Override
  public void close() {
    registration.close();
    threads.shutdownNow();
    threads.close();
  }
}
