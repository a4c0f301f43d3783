package dev.starling.shell.script;

import dev.starling.api.command.CommandException;
import dev.starling.api.command.CommandResult;

/** A command ended well, but its record reports a failure, as {@code check} does. */
public final class CommandFailedException extends CommandException {
  private static final long serialVersionUID = 1L;

  private final transient CommandResult result;
  private final int exitCode;

  CommandFailedException(String command, CommandResult result) {
    super(
        command
            + " reports a failure (exit code "
            + result.exitCode()
            + "); the exception's result tells more");
    this.result = result;
    this.exitCode = result.exitCode();
  }

  /** The command's record. */
  public CommandResult getResult() {
    return result;
  }

  /** The exit code that the record reports, not 0. */
  public int getExitCode() {
    return exitCode;
  }
}
