package dev.starling.shell.progress;

import dev.starling.api.job.Progress.State;
import dev.starling.shell.progress.ProgressReporter.Unit;
import java.util.Locale;

/** Formats one item as one line: label, state, bar, bytes, rate. */
final class ItemLine {

  private static final int BAR_CELLS = 20;
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

  private ItemLine() {}

  /**
   * The line in a live block.
   *
   * @param labelWidth columns for the label
   */
  static String live(ItemProgress item, int labelWidth) {
    StringBuilder line = new StringBuilder();
    line.append(pad(item.label(), labelWidth)).append("  ");
    line.append(pad(word(item.state()), 11));
    if (item.ended()) {
      appendTotal(line, item);
    } else if (item.totalBytes() > 0) {
      line.append(' ').append(bar(item.fraction())).append(' ');
      line.append(amount(item, item.doneBytes()))
          .append(" / ")
          .append(amount(item, item.totalBytes()));
      appendRate(line, item);
    } else if (item.doneBytes() > 0) {
      line.append(' ').append(amount(item, item.doneBytes()));
      appendRate(line, item);
    }
    return line.toString().stripTrailing();
  }

  /** The line in a log, where each state is told once. */
  static String plain(ItemProgress item) {
    StringBuilder line = new StringBuilder(item.label()).append(": ").append(word(item.state()));
    if (item.ended()) {
      appendTotal(line, item);
    } else if (item.totalBytes() > 0) {
      line.append(' ').append(amount(item, item.totalBytes()));
    }
    return line.toString();
  }

  private static void appendTotal(StringBuilder line, ItemProgress item) {
    if (item.doneBytes() > 0) {
      line.append(' ').append(amount(item, item.doneBytes()));
    }
  }

  private static void appendRate(StringBuilder line, ItemProgress item) {
    long rate = item.bytesPerSecond();
    if (rate >= 0 && item.unit() == Unit.BYTES) {
      line.append("  ").append(bytes(rate)).append("/s");
    }
  }

  private static String bar(double fraction) {
    int full = (int) (fraction * BAR_CELLS);
    return "[" + "#".repeat(full) + "-".repeat(BAR_CELLS - full) + "]";
  }

  private static String amount(ItemProgress item, long count) {
    return switch (item.unit()) {
      case BYTES -> bytes(count);
      case STEPS -> Long.toString(count);
    };
  }

  private static String word(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  /** Bytes with three digits and a decimal unit, for example {@code 12.3 MB}. */
  static String bytes(long count) {
    double value = count;
    int unit = 0;
    while (value >= 999.5 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    if (unit == 0) {
      return count + " B";
    }
    String digits = value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, digits, value) + " " + UNITS[unit];
  }
}
