package dev.starling.snapshot.control;

import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/**
 * What a call is answered with.
 *
 * @param result what was called for
 * @param held for the daemon what it keeps for as long as the client stays, for the client its
 *     stay, which closing ends; null if the call is over
 */
public record Answer<R>(R result, @Nullable Closeable held) {

  /** The end of a call. */
  public static <R> Answer<R> of(R result) {
    return new Answer<>(result, null);
  }
}
