package dev.starling.api.content;

import java.io.IOException;

/** Thrown when a manifest or blob is not in the repository that was asked. */
public class ContentNotFoundException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * A failure with its message.
   *
   * @param message what is missing, and where, in one line
   */
  public ContentNotFoundException(String message) {
    super(message);
  }
}
