package dev.starling.api.job;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Tells a job that it is no longer wanted. The host cancels it on Ctrl-C or SIGTERM; the job either
 * asks now and then or registers what ends its waiting. Thread-safe.
 */
public final class Cancellation {

  private final List<Runnable> hooks = new ArrayList<>();
  private boolean requested;

  /** A cancellation that is not requested yet. */
  public Cancellation() {}

  /** Asks the job to end: runs the hooks, the last registered first, on this thread. */
  public void request() {
    List<Runnable> toRun;
    synchronized (this) {
      if (requested) {
        return;
      }
      requested = true;
      toRun = List.copyOf(hooks).reversed();
    }
    toRun.forEach(Runnable::run);
  }

  /** Whether the job was asked to end. */
  public synchronized boolean isRequested() {
    return requested;
  }

  /**
   * Throws if the job was asked to end.
   *
   * @throws CancellationException if so
   */
  public void check() {
    if (isRequested()) {
      throw new CancellationException("cancelled");
    }
  }

  /**
   * Has the hook run when the job is cancelled, at once if it is already.
   *
   * @param hook quick and free of exceptions: closes a socket, interrupts a thread
   * @return takes the hook away again
   */
  public Registration onRequest(Runnable hook) {
    synchronized (this) {
      if (!requested) {
        hooks.add(hook);
        return () -> remove(hook);
      }
    }
    hook.run();
    return () -> {};
  }

  private synchronized void remove(Runnable hook) {
    hooks.remove(hook);
  }

  /** A registered hook. */
  @FunctionalInterface
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
