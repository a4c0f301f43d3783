package dev.starling.shell.script;

import dev.starling.shell.host.Console;
import dev.starling.shell.progress.OneLine;

/** A script's messages, on standard error, so that its output can be piped. Thread-safe. */
public final class ScriptLog {

  private final Console console;

  ScriptLog(Console console) {
    this.console = console;
  }

  /** A line about what goes on. */
  public void info(Object line) {
    write(String.valueOf(line));
  }

  /** A line about what should be looked at. */
  public void warn(Object line) {
    write("warning: " + line);
  }

  private synchronized void write(String line) {
    console.err().println(OneLine.of(line));
    console.err().flush();
  }
}
