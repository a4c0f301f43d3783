package dev.starling.snapshot.control;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The other end says what this one does not know: most likely it was started by another version of
 * this program. The message ends with what to do then.
 */
final class MisunderstoodException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param what was not understood
   * @param cause why; null if it is said with that
   */
  MisunderstoodException(String what, @Nullable Throwable cause) {
    super(
        what + "; the daemon may be another version's: stop it with `starling snapshotter --stop`",
        cause);
  }
}
