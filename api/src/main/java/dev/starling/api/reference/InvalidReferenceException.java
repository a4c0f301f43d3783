package dev.starling.api.reference;

/** Thrown when a text is not a reference; the message says what was wrong and what is expected. */
public final class InvalidReferenceException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * A failure with its message.
   *
   * @param message which name is wrong, and what was expected, in one line
   */
  public InvalidReferenceException(String message) {
    super(message);
  }
}
