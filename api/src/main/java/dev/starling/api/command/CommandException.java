package dev.starling.api.command;

import java.io.IOException;

/** A failure that the user can act on: the message is all that is shown. Exit code 1. */
public class CommandException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was wrong, where, what was expected and what to do next, in one line
   */
  public CommandException(String message) {
    super(message);
  }

  public CommandException(String message, Throwable cause) {
    super(message, cause);
  }
}
