package dev.starling.optimize.runtime;

import dev.starling.optimize.workload.StopRule;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Watches for the first of a container's stop rules to hold. Thread-safe. */
final class StopWatch implements AutoCloseable {

  private static final long POLL_MILLIS = 50;

  private final CompletableFuture<StopRule> held = new CompletableFuture<>();
  private final List<StopRule> rules;

  StopWatch(List<StopRule> rules) {
    this.rules = List.copyOf(rules);
  }

  /** Completed with the first rule that holds; cancelled by {@link #close}. */
  CompletableFuture<StopRule> held() {
    return held;
  }

  /** Looks at a line of output. */
  void line(String line) {
    for (StopRule rule : rules) {
      if (rule instanceof StopRule.Line(String text) && line.contains(text)) {
        held.complete(rule);
      }
    }
  }

  /**
   * Starts the clocks, when the container's process was started.
   *
   * @param process its number, as seen here
   * @param signal completed when the user wants it to end
   */
  void start(long process, CompletionStage<?> signal) {
    for (StopRule rule : rules) {
      switch (rule) {
        case StopRule.Period(var duration) -> {
          CompletableFuture<StopRule> _ =
              held.completeOnTimeout(rule, duration.toMillis(), TimeUnit.MILLISECONDS);
        }
        case StopRule.Line _ -> {} // told by line()
        case StopRule.Signal _ -> {
          CompletionStage<?> _ = signal.thenRun(() -> held.complete(rule));
        }
        case StopRule.Port(int number) ->
            Thread.ofVirtual().start(() -> poll(rule, new ListeningPort(process, number)));
      }
    }
  }

  private void poll(StopRule rule, ListeningPort port) {
    try {
      while (!held.isDone()) {
        if (port.accepts()) {
          held.complete(rule);
        } else {
          Thread.sleep(POLL_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends all watching. */
  @Override
  public void close() {
    held.cancel(false);
  }
}
