package dev.starling.fuse;

import java.io.IOException;

/** Somebody has an open file or the working directory in the mount. */
public final class MountBusyException extends IOException {
  private static final long serialVersionUID = 1;

  public MountBusyException(String message) {
    super(message);
  }
}
