package dev.starling.shell.prompt;

import dev.starling.api.command.CompletionRequest;
import dev.starling.api.command.Suggestion;
import dev.starling.api.command.ValueCompletion;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks values up without ever keeping the prompt waiting: what is not found in time is there the
 * next time. Thread-safe.
 */
final class ValueLookups {

  private static final Duration PATIENCE = Duration.ofMillis(90);
  private static final int MOST_AT_ONCE = 8;
  private static final int MOST_VALUES = 10_000;

  private final Map<Key, Lookup> known = new ConcurrentHashMap<>();
  private final Semaphore running = new Semaphore(MOST_AT_ONCE);

  /** The options that the line has so far may decide where is looked. */
  private record Key(Class<?> completion, Class<?> command, Set<String> options, String scope) {}

  /** One look-up. */
  private static final class Lookup {
    private final Queue<Suggestion> found = new ConcurrentLinkedQueue<>();
    private final List<Suggestion> before;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile long endedAt;
    private volatile boolean outdated;

    Lookup(List<Suggestion> before) {
      this.before = before;
    }

    boolean isFresh(Duration freshFor) {
      boolean ended = done.getCount() == 0;
      return !ended || (!outdated && System.nanoTime() - endedAt < freshFor.toNanos());
    }

    /** What is known now: before the end also what was known before it began. */
    List<Suggestion> values() {
      Set<Suggestion> values = new LinkedHashSet<>(found);
      if (done.getCount() > 0) {
        values.addAll(before);
      }
      return List.copyOf(values);
    }
  }

  /** What is known within {@link #PATIENCE}. */
  List<Suggestion> values(ValueCompletion completion, CompletionRequest request) {
    Key key =
        new Key(
            completion.getClass(),
            request.command().getClass(),
            request.words().stream()
                .filter(word -> word.startsWith("-"))
                .collect(Collectors.toUnmodifiableSet()),
            completion.scope(request.typed()));
    Lookup lookup =
        known.compute(
            key,
            (_, old) ->
                old != null && old.isFresh(completion.freshFor())
                    ? old
                    : start(completion, request, old));
    try {
      boolean _ = lookup.done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return lookup.values();
  }

  private Lookup start(
      ValueCompletion completion, CompletionRequest request, @Nullable Lookup old) {
    Lookup lookup = new Lookup(old == null ? List.of() : old.values());
    if (!running.tryAcquire()) {
      lookup.outdated = true;
      lookup.done.countDown();
      return lookup;
    }
    Thread.ofVirtual()
        .name("starling-completion")
        .start(() -> {
          try {
            completion.complete(request, value -> add(lookup, value));
          } catch (Exception | LinkageError e) {
            lookup.outdated = true; // completion is quiet; the next one tries again
          } finally {
            lookup.endedAt = System.nanoTime();
            lookup.done.countDown();
            running.release();
          }
        });
    return lookup;
  }

  private static void add(Lookup lookup, Suggestion value) {
    if (lookup.found.size() < MOST_VALUES) {
      lookup.found.add(value);
    }
  }

  /** Looks everything up anew from now on: a command has run and may have changed it. */
  void outdate() {
    known.values().forEach(lookup -> lookup.outdated = true);
  }
}
