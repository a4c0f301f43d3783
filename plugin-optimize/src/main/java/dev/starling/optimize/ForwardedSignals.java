package dev.starling.optimize;

import dev.starling.api.job.Cancellation;
import dev.starling.api.job.Log;
import dev.starling.optimize.process.HostSignals;
import dev.starling.optimize.runtime.ContainerSignals;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Passes this process's signals on to a container. What asks it to end ends it in the end: after
 * SIGTERM or SIGHUP it has some seconds. Thread-safe.
 */
final class ForwardedSignals implements Closeable {

  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(10);
  private static final int SIGNALLED = 128;
  private static final int KILL = 9;

  private final ContainerSignals container;
  private final Cancellation cancellation;
  private final Log log;
  private final AtomicInteger killing = new AtomicInteger();
  private final HostSignals signals;
  private volatile boolean closed;

  /**
   * @param cancellation of the job, for a signal that no process comes for
   */
  ForwardedSignals(ContainerSignals container, Cancellation cancellation, Log log) {
    this.container = container;
    this.cancellation = cancellation;
    this.log = log;
    this.signals = HostSignals.take(this::forward);
  }

  private void forward(HostSignals.Name signal) {
    try {
      // Before it is sent: a killed container may have ended before this goes on.
      killing.set(signal.number());
      switch (send(signal)) {
        case NONE -> cancellation.request();
        case KILLED -> {}
        case DELIVERED -> {
          killing.compareAndSet(signal.number(), 0);
          if (signal != HostSignals.Name.INT) {
            Thread.ofVirtual().start(() -> killLater(signal));
          }
        }
      }
    } catch (IOException e) {
      if (!closed) {
        log.debug("SIG" + signal + " could not be passed on: " + e.getMessage());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The runtime names the process some time after it has started: it is waited for. */
  private ContainerSignals.Effect send(HostSignals.Name signal)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + GRACE.toNanos();
    ContainerSignals.Effect effect = container.send(signal);
    while (effect == ContainerSignals.Effect.NONE && !closed && System.nanoTime() < end) {
      Thread.sleep(POLL);
      effect = container.send(signal);
    }
    return effect;
  }

  private void killLater(HostSignals.Name signal) {
    try {
      Thread.sleep(GRACE);
      if (!closed) {
        killing.set(signal.number());
        container.kill();
      }
    } catch (IOException e) {
      log.debug("the container could not be killed: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The container's exit code, as it would be if a signal that killed it had done so by itself. */
  int exitCode(int reported) {
    int signal = killing.get();
    return signal != 0 && reported == SIGNALLED + KILL ? SIGNALLED + signal : reported;
  }

  @Override
  public void close() {
    closed = true;
    signals.close();
  }
}
