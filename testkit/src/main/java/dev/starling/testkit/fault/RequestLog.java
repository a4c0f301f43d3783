package dev.starling.testkit.fault;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** The requests a registry got, in the order they came. Thread-safe. */
public final class RequestLog {

  private final List<RecordingExchange> exchanges = new CopyOnWriteArrayList<>();

  RequestLog() {}

  void add(RecordingExchange exchange) {
    exchanges.add(exchange);
  }

  /** All requests as they stand now. */
  public List<LoggedRequest> all() {
    return exchanges.stream().map(RecordingExchange::request).toList();
  }

  /** Those that match. */
  public List<LoggedRequest> matching(Predicate<LoggedRequest> condition) {
    return all().stream().filter(condition).toList();
  }

  /** How many match. */
  public int count(Predicate<LoggedRequest> condition) {
    return matching(condition).size();
  }

  /** Forgets all requests. */
  public void clear() {
    exchanges.clear();
  }
}
