package dev.starling.shell.host;

import dev.starling.api.job.Log;
import dev.starling.shell.progress.OneLine;
import dev.starling.shell.progress.ProgressReporter;

/** A job's log lines, above its progress. */
record ConsoleLog(ProgressReporter reporter, boolean quiet, boolean debug) implements Log {

  @Override
  public void info(String line) {
    if (!quiet) {
      reporter.line(OneLine.of(line));
    }
  }

  @Override
  public void warn(String line) {
    reporter.line("starling: warning: " + OneLine.of(line));
  }

  @Override
  public void debug(String line) {
    if (debug) {
      reporter.line("debug: " + OneLine.of(line));
    }
  }
}
