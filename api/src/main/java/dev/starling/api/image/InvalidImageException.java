package dev.starling.api.image;

import java.io.IOException;

/** Thrown when a manifest, index or config is not what the image specification allows. */
public class InvalidImageException extends IOException {
  private static final long serialVersionUID = 1L;

  public InvalidImageException(String message) {
    super(message);
  }

  public InvalidImageException(String message, Throwable cause) {
    super(message, cause);
  }
}
