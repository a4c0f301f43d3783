package dev.starling.shell.host;

import dev.starling.api.command.CommandException;

/** A failure with an exit code of its own. */
public final class ExitException extends CommandException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  /**
   * @param message as for any CommandException
   * @param exitCode what the process ends with, not 0
   */
  public ExitException(String message, int exitCode, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** What the process ends with. */
  @Override
  public int exitCode() {
    return exitCode;
  }
}
