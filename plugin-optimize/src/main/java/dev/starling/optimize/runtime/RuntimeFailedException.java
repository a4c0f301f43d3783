package dev.starling.optimize.runtime;

import dev.starling.api.command.CommandException;

/** The runtime could not start the container's process. */
public final class RuntimeFailedException extends CommandException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  RuntimeFailedException(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  /** As shells have it: 127 no such program, 126 it cannot be executed, 125 anything else. */
  @Override
  public int exitCode() {
    return exitCode;
  }
}
