package dev.starling.api.registry;

import java.io.InterruptedIOException;

/** Bounds how many transfers of one direction run at once. Thread-safe. */
final class TransferPermits {

  /** A transfer that counts until it is closed; closing it again does nothing. */
  final class Permit implements AutoCloseable {
    private boolean returned;

    @Override
    public void close() {
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

  /** Waits for its turn, or until the scope is closed. */
  synchronized Permit acquire(CallScope scope) throws InterruptedIOException {
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
    return new Permit();
  }

  /** Has waiting transfers look whether their scope is closed. */
  synchronized void wake() {
    notifyAll();
  }
}
