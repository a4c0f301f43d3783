package dev.starling.shell.progress;

import dev.starling.api.job.Progress;
import java.io.PrintWriter;
import java.util.function.LongSupplier;

/** Shows one job's progress and its log lines on standard error. Thread-safe. */
public sealed interface ProgressReporter extends Progress, AutoCloseable
    permits LiveProgress, PlainProgress, NoProgress, BackgroundProgress, SharedProgress.Share {

  /** What an item's numbers count. */
  enum Unit {
    BYTES,
    /** Whatever a script counts; shown as plain numbers. */
    STEPS
  }

  /**
   * Begins an item.
   *
   * @param total its size in the unit, or -1 if unknown
   */
  Item begin(String label, State state, long total, Unit unit);

  @Override
  default Item begin(String label, State state, long totalBytes) {
    return begin(label, state, totalBytes, Unit.BYTES);
  }

  /**
   * Prints one line for people, above whatever moves.
   *
   * @param line without a newline
   */
  void line(String line);

  /**
   * Lets others print whole lines to the same screen, above whatever moves.
   *
   * @param printing prints and flushes
   */
  default void beside(Runnable printing) {
    printing.run();
  }

  /** Shows the last state and leaves standard error to others. Items no longer count then. */
  @Override
  void close();

  /** How much is shown. */
  enum Mode {
    /** A block of lines that is painted over. */
    LIVE,
    /** A line for each change. */
    PLAIN,
    /** Log lines only. */
    NONE
  }

  /** A reporter on the given writer, which it flushes and never closes. */
  static ProgressReporter of(Mode mode, PrintWriter err) {
    return of(mode, err, System::nanoTime);
  }

  /**
   * A reporter with a clock of its own.
   *
   * @param nanoTime a clock as {@link System#nanoTime} is one
   */
  static ProgressReporter of(Mode mode, PrintWriter err, LongSupplier nanoTime) {
    return switch (mode) {
      case LIVE -> LiveProgress.started(err, nanoTime);
      case PLAIN -> new PlainProgress(err, nanoTime);
      case NONE -> new NoProgress(err);
    };
  }
}
