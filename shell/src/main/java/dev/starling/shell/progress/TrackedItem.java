package dev.starling.shell.progress;

import dev.starling.api.job.Progress;
import dev.starling.api.job.Progress.State;
import dev.starling.shell.progress.ProgressReporter.Unit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** One item's counters. Advancing is lock-free, since a copy loop calls it for each buffer. */
final class TrackedItem implements Progress.Item {

  private final String label;
  private final Unit unit;
  private final LongSupplier nanoTime;
  private final Consumer<TrackedItem> onChange;
  private final AtomicLong done = new AtomicLong();
  private State state;
  private long total;
  private long since;
  private boolean ended;

  TrackedItem(
      String label,
      State state,
      long total,
      Unit unit,
      LongSupplier nanoTime,
      Consumer<TrackedItem> onChange) {
    this.label = label;
    this.state = state;
    this.total = total;
    this.unit = unit;
    this.nanoTime = nanoTime;
    this.onChange = onChange;
    this.since = nanoTime.getAsLong();
  }

  @Override
  public void state(State next, long totalBytes) {
    synchronized (this) {
      if (!ended && state == next) {
        total = totalBytes;
        return;
      }
      ended = false;
      state = next;
      total = totalBytes;
      done.set(0);
      since = nanoTime.getAsLong();
    }
    onChange.accept(this);
  }

  @Override
  public void advance(long bytes) {
    done.addAndGet(bytes);
  }

  @Override
  public void finish(State last) {
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      state = last;
    }
    onChange.accept(this);
  }

  @Override
  public void close() {
    finish(State.FAILED);
  }

  /** What it shows now. */
  synchronized ItemProgress snapshot() {
    return new ItemProgress(label, state, done.get(), total, unit, nanoTime.getAsLong() - since);
  }
}
