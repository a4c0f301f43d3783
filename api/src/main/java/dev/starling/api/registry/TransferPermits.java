package dev.starling.api.registry;

import java.io.InterruptedIOException;

/** Bounds how many transfers of one direction run at once. Thread-safe. */
final class TransferPermits {

  /** A transfer that counts until it is closed; closing it again does nothing. */
  final class Permit implements AutoCloseable {
    private final CallScope scope;
    private boolean returned;

    private Permit(CallScope scope) {
      this.scope = scope;
    }

    @Override
    public void close() {
      scope.remove(this);
      synchronized (TransferPermits.this) {
        if (!returned) {
          returned = true;
          free++;
          TransferPermits.this.notifyAll();
        }
      }
    }
  }

  private int free;

  TransferPermits(int limit) {
    this.free = limit;
  }

  /**
   * Waits for its turn, or until the scope is closed. The scope returns the permit when it is
   * closed: a stream that was left open then blocks nobody.
   */
  Permit acquire(CallScope scope) throws InterruptedIOException {
    Permit permit = take(scope);
    scope.add(permit);
    return permit;
  }

  private synchronized Permit take(CallScope scope) throws InterruptedIOException {
    while (free == 0) {
      scope.check();
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while waiting for other transfers");
      }
    }
    scope.check();
    free--;
    return new Permit(scope);
  }

  /** Has waiting transfers look whether their scope is closed. */
  synchronized void wake() {
    notifyAll();
  }
}
