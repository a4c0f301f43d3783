package dev.starling.shell.progress;

import dev.starling.api.job.Progress.State;
import dev.starling.shell.progress.ProgressReporter.Unit;

/**
 * What one line shows: an immutable snapshot.
 *
 * @param label what the item is
 * @param state what it is going through
 * @param doneBytes bytes done in this state
 * @param totalBytes bytes of this state, or -1 if unknown
 * @param unit what the bytes are, if not bytes
 * @param elapsedNanos time spent in this state
 */
record ItemProgress(
    String label, State state, long doneBytes, long totalBytes, Unit unit, long elapsedNanos) {

  /** Whether nothing more will happen to the item. */
  boolean ended() {
    return switch (state) {
      case EXISTS, MOUNTED, DONE, FAILED -> true;
      case RESOLVING, WAITING, DOWNLOADING, CONVERTING, PUSHING, CHECKING, WORKING -> false;
    };
  }

  /** Bytes a second, or -1 while that cannot be told. */
  long bytesPerSecond() {
    double seconds = elapsedNanos / 1e9;
    return seconds < 0.05 || doneBytes <= 0 ? -1 : (long) (doneBytes / seconds);
  }

  /** The part done, 0 to 1, or -1 if the total is unknown. */
  double fraction() {
    return totalBytes <= 0 ? -1 : Math.clamp((double) doneBytes / totalBytes, 0, 1);
  }
}
