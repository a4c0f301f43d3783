package dev.starling.api.image;

import java.io.IOException;

/** Thrown when a manifest, index or config is not what the image specification allows. */
public class InvalidImageException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * A failure with its message.
   *
   * @param message what is wrong with which manifest or config, in one line
   */
  public InvalidImageException(String message) {
    super(message);
  }

  /** The same with what it came from. */
  public InvalidImageException(String message, Throwable cause) {
    super(message, cause);
  }
}
