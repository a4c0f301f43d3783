package dev.starling.shell.host;

import dev.starling.shell.progress.ProgressReporter;
import java.io.OutputStream;
import java.io.PrintWriter;

/**
 * Where a process writes. None of these is closed by the host.
 *
 * @param out results; flushed after each
 * @param raw the same place for results that are bytes
 * @param err everything else
 * @param terminal whether {@code err} is a terminal, so that progress may be painted over
 */
public record Console(PrintWriter out, OutputStream raw, PrintWriter err, boolean terminal) {

  /** How progress is shown here. */
  public ProgressReporter.Mode progress(boolean quiet) {
    if (quiet) {
      return ProgressReporter.Mode.NONE;
    }
    return terminal ? ProgressReporter.Mode.LIVE : ProgressReporter.Mode.PLAIN;
  }
}
