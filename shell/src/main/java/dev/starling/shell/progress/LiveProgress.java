package dev.starling.shell.progress;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Paints a block of lines, one an item, over itself ten times a second. The terminal's automatic
 * wrapping is off while a line is written, so that the block's height is its number of lines
 * whatever the terminal's width. The block stays small: ended items at its top become ordinary
 * lines when there are more than {@link #MAX_LINES}.
 */
final class LiveProgress implements ProgressReporter {

  /** Lines of the block; fits the smallest usual terminal. */
  static final int MAX_LINES = 16;

  private static final Duration PERIOD = Duration.ofMillis(100);
  private static final String ESC = "\u001b[";
  private static final String NO_WRAP = ESC + "?7l";
  private static final String WRAP = ESC + "?7h";
  private static final String CLEAR_LINE = ESC + "2K";
  private static final String CLEAR_BELOW = ESC + "J";

  private final PrintWriter err;
  private final LongSupplier nanoTime;
  private final Map<String, TrackedItem> items = new LinkedHashMap<>();
  private @Nullable Thread painter; // starts with the first item; null in tests
  private int painted;
  private int labelWidth;
  private boolean closed;

  LiveProgress(PrintWriter err, LongSupplier nanoTime) {
    this.err = err;
    this.nanoTime = nanoTime;
  }

  /** One that paints itself until it is closed. */
  static LiveProgress started(PrintWriter err, LongSupplier nanoTime) {
    LiveProgress progress = new LiveProgress(err, nanoTime);
    progress.painter =
        Thread.ofPlatform()
            .daemon()
            .name("starling-progress")
            .unstarted(progress::paintUntilClosed);
    return progress;
  }

  private void paintUntilClosed() {
    while (paint()) {
      LockSupport.parkNanos(PERIOD.toNanos());
    }
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
    labelWidth = Math.max(labelWidth, key.length());
    if (painter != null && painter.getState() == Thread.State.NEW) {
      painter.start();
    }
    return item;
  }

  /**
   * Paints the block once.
   *
   * @return whether there will be more to paint
   */
  synchronized boolean paint() {
    if (closed) {
      return false;
    }
    if (!items.isEmpty()) {
      StringBuilder screen = new StringBuilder();
      backToTop(screen);
      paintBlock(screen);
      write(screen);
    }
    return true;
  }

  private void paintBlock(StringBuilder screen) {
    List<ItemProgress> now = new ArrayList<>();
    items.values().forEach(item -> now.add(item.snapshot()));
    while (now.size() > MAX_LINES && now.getFirst().ended()) {
      ItemProgress past = now.removeFirst();
      items.remove(past.label());
      appendLine(screen, ItemLine.live(past, labelWidth));
    }
    int shown = now.size() > MAX_LINES ? MAX_LINES - 1 : now.size();
    for (ItemProgress item : now.subList(0, shown)) {
      appendLine(screen, ItemLine.live(item, labelWidth));
    }
    painted = shown;
    if (shown < now.size()) {
      appendLine(screen, "... and " + (now.size() - shown) + " more");
      painted++;
    }
  }

  private void backToTop(StringBuilder screen) {
    if (painted > 0) {
      screen.append(ESC).append(painted).append('A');
    }
  }

  private static void appendLine(StringBuilder screen, String line) {
    screen.append('\r').append(CLEAR_LINE).append(NO_WRAP).append(line).append(WRAP).append('\n');
  }

  private void write(StringBuilder screen) {
    err.print(screen.append(CLEAR_BELOW));
    err.flush();
  }

  @Override
  public synchronized void line(String line) {
    if (closed || items.isEmpty()) {
      err.println(line);
      err.flush();
      return;
    }
    StringBuilder screen = new StringBuilder();
    backToTop(screen);
    screen.append('\r').append(CLEAR_BELOW).append(line).append('\n');
    paintBlock(screen);
    write(screen);
  }

  @Override
  public synchronized void beside(Runnable printing) {
    if (closed || items.isEmpty()) {
      printing.run();
      return;
    }
    StringBuilder screen = new StringBuilder();
    backToTop(screen);
    write(screen.append('\r'));
    printing.run();
    StringBuilder block = new StringBuilder();
    paintBlock(block);
    write(block);
  }

  @Override
  public synchronized void close() {
    paint();
    closed = true;
  }
}
