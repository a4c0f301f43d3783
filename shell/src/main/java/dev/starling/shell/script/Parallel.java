package dev.starling.shell.script;

import dev.starling.api.command.UsageException;
import dev.starling.api.job.Cancellation;
import dev.starling.api.job.TaskGroup;
import groovy.lang.Closure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Calls a closure for items side by side.
 *
 * @param bound how many at a time, at least 1
 * @param keepGoing whether a failure leaves the others alone; else the first one interrupts them
 */
record Parallel(int bound, boolean keepGoing) {

  private static final int BOUND = 4;
  private static final int MAX_BOUND = 1000;

  /**
   * As a script asks for it.
   *
   * @param options {@code bound} and {@code keepGoing}
   */
  static Parallel of(Map<?, ?> options) {
    int bound = BOUND;
    boolean keepGoing = false;
    for (Map.Entry<?, ?> option : options.entrySet()) {
      switch (String.valueOf(option.getKey())) {
        case "bound" -> bound = number(option.getValue());
        case "keepGoing" -> keepGoing = Boolean.TRUE.equals(option.getValue());
        default ->
            throw new UsageException(
                "parallel has no '" + option.getKey() + "'; expected bound or keepGoing");
      }
    }
    return new Parallel(bound, keepGoing);
  }

  private static int number(@Nullable Object value) {
    if (value instanceof Integer number && number >= 1 && number <= MAX_BOUND) {
      return number;
    }
    throw new UsageException("parallel: bound is 1 to " + MAX_BOUND + ", not " + value);
  }

  /**
   * Calls it.
   *
   * @return in the order of the items: what it returned, or {@link Attempt}s with {@code keepGoing}
   * @throws Exception the first failure, without {@code keepGoing}
   */
  List<@Nullable Object> call(Collection<?> items, Closure<?> action) throws Exception {
    List<Object> all = new ArrayList<>(items);
    AtomicReferenceArray<@Nullable Attempt<?, ?>> attempts = new AtomicReferenceArray<>(all.size());
    try (TaskGroup group = TaskGroup.forTransfers(bound, new Cancellation())) {
      for (int i = 0; i < all.size(); i++) {
        int index = i;
        group.fork(() -> attempts.set(index, attempt(all.get(index), action)));
      }
      group.join();
    } catch (Failed e) {
      throw e.failure;
    }
    List<@Nullable Object> results = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Attempt<?, ?> attempt = attempts.get(i);
      results.add(keepGoing || attempt == null ? attempt : attempt.value());
    }
    return results;
  }

  private Attempt<?, ?> attempt(@Nullable Object item, Closure<?> action) throws IOException {
    try {
      return new Attempt<@Nullable Object, @Nullable Object>(item, action.call(item), null);
    } catch (CancellationException e) {
      throw e; // of the whole script
    } catch (Exception e) {
      if (!keepGoing) {
        throw new Failed(e);
      }
      return new Attempt<@Nullable Object, @Nullable Object>(item, null, e);
    }
  }

  /** Carries a closure's failure out of the group as it is. */
  private static final class Failed extends IOException {
    private static final long serialVersionUID = 1L;
    private final Exception failure;

    Failed(Exception failure) {
      super(failure);
      this.failure = failure;
    }
  }
}
