package dev.starling.shell.progress;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Keeps what a background job reports, for whoever shows it beside the prompt. Thread-safe. */
public final class BackgroundProgress implements ProgressReporter {

  private final Consumer<String> lines;
  private final LongSupplier nanoTime;
  private final Map<String, TrackedItem> items = new LinkedHashMap<>();

  /**
   * @param lines takes the job's log lines
   * @param nanoTime a clock as {@link System#nanoTime} is one
   */
  public BackgroundProgress(Consumer<String> lines, LongSupplier nanoTime) {
    this.lines = lines;
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
    TrackedItem item = new TrackedItem(key, state, total, unit, nanoTime, _ -> {});
    items.put(key, item);
    return item;
  }

  /**
   * What is under way, an item a line, after how many of all have ended.
   *
   * @param most how many lines at most
   */
  public synchronized List<String> lines(int most) {
    List<ItemProgress> open = new ArrayList<>();
    for (TrackedItem item : items.values()) {
      ItemProgress now = item.snapshot();
      if (!now.ended()) {
        open.add(now);
      }
    }
    String count = items.isEmpty() ? "" : (items.size() - open.size()) + "/" + items.size() + "  ";
    return open.stream().limit(most).map(item -> count + ItemLine.live(item, 0)).toList();
  }

  @Override
  public void line(String line) {
    lines.accept(line);
  }

  @Override
  public void close() {
    // What it shows is taken away by whoever shows it.
  }
}
