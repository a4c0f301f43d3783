package dev.starling.api.copy;

import java.io.IOException;

/** Thrown when an image cannot be copied; names the image and the part of it that is at fault. */
public final class CopyException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * A failure with its message.
   *
   * @param message what could not be copied, and why, in one line
   */
  public CopyException(String message) {
    super(message);
  }

  /** The same with what it came from. */
  public CopyException(String message, Throwable cause) {
    super(message, cause);
  }
}
