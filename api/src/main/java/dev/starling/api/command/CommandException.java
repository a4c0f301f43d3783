package dev.starling.api.command;

import java.io.IOException;

/**
 * A failure that the user can act on: the message is all that is shown. Exit code 1, unless it or
 * its command says otherwise.
 */
public class CommandException extends IOException {
  private static final long serialVersionUID = 1L;

  /** The exit code of failures that have none of their own. */
  static final int FAILED = 1;

  /**
   * A failure with exit code 1.
   *
   * @param message what was wrong, where, what was expected and what to do next, in one line
   */
  public CommandException(String message) {
    super(message);
  }

  /** The same with what it came from, which {@code --debug} shows. */
  public CommandException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What the process ends with; with 1 it is up to the command. */
  public int exitCode() {
    return FAILED;
  }
}
