package dev.starling.testkit.fault;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The faults that are in force. Thread-safe. */
final class FaultPlan {

  private record Rule(Fault fault, AtomicInteger left, Predicate<LoggedRequest> where) {}

  private final List<Rule> rules = new CopyOnWriteArrayList<>();

  void add(Fault fault, int times, Predicate<LoggedRequest> where) {
    rules.add(new Rule(fault, new AtomicInteger(times), where));
  }

  void clear() {
    rules.clear();
  }

  boolean forbidsExpiredTokens() {
    return rules.stream().anyMatch(rule -> rule.fault instanceof Fault.ForbidExpiredToken);
  }

  /** The first fault for the request, which is used up by that, or null. */
  @Nullable Fault take(LoggedRequest request) {
    for (Rule rule : rules) {
      if (rule.fault.concerns(request)
          && rule.where.test(request)
          && rule.left.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        return rule.fault;
      }
    }
    return null;
  }
}
