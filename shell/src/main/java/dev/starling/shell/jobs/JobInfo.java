package dev.starling.shell.jobs;

import java.time.Duration;
import java.util.Locale;

/**
 * A background job as records show it.
 *
 * @param number what {@code %1} says
 * @param state how it is
 * @param time for how long it has run
 * @param line what was typed
 */
public record JobInfo(int number, BackgroundJob.State state, Duration time, String line) {

  static JobInfo of(BackgroundJob job) {
    return new JobInfo(job.number(), job.state(), job.time(), job.line());
  }

  /** One line for people. */
  String text() {
    return String.format(
        Locale.ROOT,
        "[%d]  %-9s  %6.1f s  %s",
        number,
        state.name().toLowerCase(Locale.ROOT),
        time.toMillis() / 1000.0,
        line);
  }
}
