package dev.starling.fuse;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** FUSE cannot be used on this machine or by this user; the message says what is missing. */
public final class FuseUnavailableException extends IOException {
  private static final long serialVersionUID = 1;

  public FuseUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
