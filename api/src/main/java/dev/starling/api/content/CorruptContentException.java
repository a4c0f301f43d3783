package dev.starling.api.content;

import java.io.IOException;

/** Thrown when content is not what its descriptor, TOC or format says. */
public class CorruptContentException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * A failure with its message.
   *
   * @param message what is damaged, where, and what was expected, in one line
   */
  public CorruptContentException(String message) {
    super(message);
  }

  /** The same with what it came from. */
  public CorruptContentException(String message, Throwable cause) {
    super(message, cause);
  }
}
