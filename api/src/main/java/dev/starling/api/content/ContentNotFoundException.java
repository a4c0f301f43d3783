package dev.starling.api.content;

import java.io.IOException;

/** Thrown when a manifest or blob is not in the repository that was asked. */
public class ContentNotFoundException extends IOException {
  private static final long serialVersionUID = 1L;

  public ContentNotFoundException(String message) {
    super(message);
  }
}
