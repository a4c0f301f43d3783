package dev.starling.api.registry;

import dev.starling.api.job.Cancellation;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.Call;

/**
 * The calls of one source or sink, so that closing it ends them: whoever reads, writes or waits
 * gets an exception. Thread-safe.
 */
final class CallScope implements AutoCloseable {

  private final Set<Call> calls = ConcurrentHashMap.newKeySet();
  private final Set<TransferPermits.Permit> permits = ConcurrentHashMap.newKeySet();
  private final Queue<Cancellation.Registration> registrations = new ConcurrentLinkedQueue<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Consumer<CallScope> onClose;

  /**
   * @param onClose runs once, when the scope is closed
   */
  CallScope(Consumer<CallScope> onClose) {
    this.onClose = onClose;
  }

  /** Takes a call in, until {@link #remove}. */
  void add(Call call) throws InterruptedIOException {
    calls.add(call);
    if (isClosed()) {
      remove(call);
      call.cancel();
      throw closedFailure();
    }
  }

  void remove(Call call) {
    calls.remove(call);
  }

  /** Returns the permit when the scope is closed, unless it was returned before. */
  void add(TransferPermits.Permit permit) throws InterruptedIOException {
    permits.add(permit);
    if (isClosed()) {
      permit.close();
      throw closedFailure();
    }
  }

  void remove(TransferPermits.Permit permit) {
    permits.remove(permit);
  }

  /** Closes the scope when the job is cancelled; a closed one is known to the job no longer. */
  void endWith(Cancellation job) {
    registrations.add(job.onRequest(this::close));
    if (isClosed()) {
      forgetJobs();
    }
  }

  private void forgetJobs() {
    for (Cancellation.Registration each = registrations.poll();
        each != null;
        each = registrations.poll()) {
      each.close();
    }
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** Throws if the scope is closed. */
  void check() throws InterruptedIOException {
    if (isClosed()) {
      throw closedFailure();
    }
  }

  static InterruptedIOException closedFailure() {
    return new InterruptedIOException("the transfer was cancelled");
  }

  void awaitClosed(Duration duration) throws InterruptedException {
    var _ = closed.await(duration.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    synchronized (closed) {
      if (isClosed()) {
        return;
      }
      closed.countDown();
    }
    calls.forEach(Call::cancel);
    permits.forEach(TransferPermits.Permit::close);
    forgetJobs();
    onClose.accept(this);
  }
}
