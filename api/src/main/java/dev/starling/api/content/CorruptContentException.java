package dev.starling.api.content;

import java.io.IOException;

/** Thrown when content is not what its descriptor, TOC or format says. */
public class CorruptContentException extends IOException {
  private static final long serialVersionUID = 1L;

  public CorruptContentException(String message) {
    super(message);
  }

  public CorruptContentException(String message, Throwable cause) {
    super(message, cause);
  }
}
