package dev.starling.shell.script;

import dev.starling.api.command.UsageException;
import dev.starling.api.job.Progress;
import dev.starling.shell.progress.ProgressReporter;
import groovy.lang.Closure;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the closure of {@code progress} tells about its work. Thread-safe. */
public final class ScriptProgress {

  static final String NAME = "dev.starling.shell.script.ScriptProgress";

  private final Progress.Item item;

  private ScriptProgress(Progress.Item item) {
    this.item = item;
  }

  /**
   * Begins to show it.
   *
   * @param options {@code unit} and {@code state}
   */
  static ScriptProgress of(
      ProgressReporter reporter, Map<String, ?> options, String label, long total) {
    ProgressReporter.Unit unit = ProgressReporter.Unit.STEPS;
    Progress.State state = Progress.State.WORKING;
    for (Map.Entry<String, ?> option : options.entrySet()) {
      switch (option.getKey()) {
        case "unit" -> unit = word(ProgressReporter.Unit.class, option.getValue());
        case "state" -> state = word(Progress.State.class, option.getValue());
        default ->
            throw new UsageException(
                "progress has no '" + option.getKey() + "'; expected unit or state");
      }
    }
    return new ScriptProgress(reporter.begin(label, state, total, unit));
  }

  private static <E extends Enum<E>> E word(Class<E> words, @Nullable Object word) {
    String all = Arrays.toString(words.getEnumConstants()).toLowerCase(Locale.ROOT);
    try {
      return Enum.valueOf(words, String.valueOf(word).toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new UsageException("progress: expected one of " + all + ", not '" + word + "'");
    }
  }

  /** Shows it while the closure runs. */
  <V extends @Nullable Object> V during(Closure<V> action) {
    try (item) {
      V value = action.call(this);
      item.finish(Progress.State.DONE);
      return value;
    }
  }

  /** One step is done. */
  public void advance() {
    advance(1);
  }

  /** So much more is done. */
  public void advance(long amount) {
    item.advance(amount);
  }

  /**
   * Goes on to something else and counts anew.
   *
   * @param word as in {@code progress(state: ...)}, for example {@code pushing}
   * @param total how much there is to do, or -1 if unknown
   */
  public void state(String word, long total) {
    item.state(word(Progress.State.class, word), total);
  }
}
