package dev.starling.shell.progress;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Has jobs that run at the same time report to one reporter, so that they do not paint over each
 * other: it opens with the first and closes with the last. Thread-safe.
 */
public final class SharedProgress {

  private final Function<Boolean, ProgressReporter> reporters;
  private @Nullable ProgressReporter open;
  private int shares;

  /**
   * @param reporters makes a reporter, told whether it is to be quiet
   */
  public SharedProgress(Function<Boolean, ProgressReporter> reporters) {
    this.reporters = reporters;
  }

  /**
   * A reporter for one job, to be closed with it.
   *
   * @param quiet whether its items are not shown
   */
  public synchronized ProgressReporter join(boolean quiet) {
    ProgressReporter common = open;
    if (common == null) {
      common = reporters.apply(false);
      open = common;
    }
    shares++;
    return new Share(this, common, quiet);
  }

  /** Lets others print whole lines, above what the jobs show now; see {@link ProgressReporter}. */
  public synchronized void beside(Runnable printing) {
    ProgressReporter common = open;
    if (common == null) {
      printing.run();
    } else {
      common.beside(printing);
    }
  }

  private synchronized void leave() {
    ProgressReporter common = open;
    if (--shares == 0 && common != null) {
      open = null;
      common.close();
    }
  }

  /** One job's part. */
  static final class Share implements ProgressReporter {
    private final SharedProgress group;
    private final ProgressReporter common;
    private final boolean quiet;
    private boolean closed;

    private Share(SharedProgress group, ProgressReporter common, boolean quiet) {
      this.group = group;
      this.common = common;
      this.quiet = quiet;
    }

    @Override
    public Item begin(String label, State state, long total, Unit unit) {
      return quiet ? NoProgress.Silent.ITEM : common.begin(label, state, total, unit);
    }

    @Override
    public void line(String line) {
      common.line(line);
    }

    @Override
    public void beside(Runnable printing) {
      common.beside(printing);
    }

    @Override
    public synchronized void close() {
      if (!closed) {
        closed = true;
        group.leave();
      }
    }
  }
}
