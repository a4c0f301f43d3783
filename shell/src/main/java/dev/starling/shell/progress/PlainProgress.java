package dev.starling.shell.progress;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Prints a line for each change of state: for pipes and log files. */
final class PlainProgress implements ProgressReporter {

  private final PrintWriter err;
  private final LongSupplier nanoTime;
  private final Map<String, TrackedItem> items = new HashMap<>();

  PlainProgress(PrintWriter err, LongSupplier nanoTime) {
    this.err = err;
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized Item begin(String label, State state, long total, Unit unit) {
    String key = OneLine.of(label);
    TrackedItem known = items.get(key);
    if (known != null) {
      known.state(state, total);
      return known;
    }
    TrackedItem item = new TrackedItem(key, state, total, unit, nanoTime, this::print);
    items.put(key, item);
    print(item);
    return item;
  }

  private void print(TrackedItem item) {
    line(ItemLine.plain(item.snapshot()));
  }

  @Override
  public synchronized void line(String line) {
    err.println(line);
    err.flush();
  }

  @Override
  public void close() {
    err.flush();
  }
}
