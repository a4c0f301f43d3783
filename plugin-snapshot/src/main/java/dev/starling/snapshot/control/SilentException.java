package dev.starling.snapshot.control;

import java.io.IOException;
import java.time.Duration;

/** Nothing came from the daemon for so long that it can hardly live. Says what to do then. */
public final class SilentException extends IOException {
  private static final long serialVersionUID = 1L;

  SilentException(Duration silence, IOException cause) {
    super(
        "the daemon has said nothing for "
            + silence.toSeconds()
            + " s; `starling snapshotter --stop` ends it, the next command starts another",
        cause);
  }
}
