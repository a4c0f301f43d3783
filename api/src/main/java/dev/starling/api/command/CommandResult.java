package dev.starling.api.command;

import java.io.PrintWriter;

/**
 * What a command returns: a record whose components are its JSON form ({@code --format json}, in
 * kebab-free camelCase as declared) and what scripts read.
 */
public interface CommandResult {

  /** Writes the form for people, lines ended by a newline; nothing for nothing to say. */
  void writeText(PrintWriter out);

  /** The process's exit code: 0 unless the record itself reports a failure. */
  default int exitCode() {
    return 0;
  }
}
