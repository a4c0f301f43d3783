package dev.starling.api.command;

/** Options that do not fit together; shown by its message. Exit code 2. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Options that do not fit together.
   *
   * @param message which, and what to do, in one line
   */
  public UsageException(String message) {
    super(message);
  }
}
