package dev.starling.shell.session;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Knows the thread that evaluates Groovy, so that Ctrl-C can interrupt it and nothing else. */
final class GroovyThread {

  private @Nullable Thread thread;

  /** Calls on this thread; no interrupt is left behind. */
  <T extends @Nullable Object> T call(Callable<T> evaluation) throws Exception {
    synchronized (this) {
      thread = Thread.currentThread();
    }
    try {
      return evaluation.call();
    } finally {
      synchronized (this) {
        thread = null;
        Thread.interrupted();
      }
    }
  }

  /** Interrupts what is being evaluated, if anything. */
  synchronized void interrupt() {
    if (thread != null) {
      thread.interrupt();
    }
  }
}
