package dev.starling.api.reference;

/** Thrown when a text is not a reference; the message says what was wrong and what is expected. */
public final class InvalidReferenceException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public InvalidReferenceException(String message) {
    super(message);
  }
}
