package dev.starling.shell.script;

import dev.starling.shell.host.JobScope;
import dev.starling.shell.progress.OneLine;
import dev.starling.shell.progress.ProgressReporter;

/** A script's messages, on standard error, so that its output can be piped. Thread-safe. */
public final class ScriptLog {

  private final JobScope scope;

  ScriptLog(JobScope scope) {
    this.scope = scope;
  }

  /** A line about what goes on. */
  public void info(Object line) {
    write(String.valueOf(line));
  }

  /** A line about what should be looked at. */
  public void warn(Object line) {
    write("warning: " + line);
  }

  private void write(String line) {
    try (ProgressReporter reporter = scope.reporter(false)) {
      reporter.line(OneLine.of(line)); // above what moves
    }
  }
}
