package dev.starling.api.registry;

import java.time.Duration;

/**
 * How often and after what pauses a failed request is made again. The pauses double from {@code
 * firstPause} to {@code longestPause}; of each, a random part between a half and all of it is
 * waited, so that many clients do not come back at once.
 *
 * @param attempts how often a request is made in all, 1 or more
 * @param firstPause the pause after the first failure
 * @param longestPause the longest pause, also when the server's Retry-After asks for more
 */
public record RetryPolicy(int attempts, Duration firstPause, Duration longestPause) {

  /** Six attempts within about half a minute. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(6, Duration.ofMillis(500), Duration.ofSeconds(30));

  /** Requires an attempt, and pauses that grow. */
  public RetryPolicy {
    if (attempts < 1) {
      throw new IllegalArgumentException("at least one attempt is needed, not " + attempts);
    }
    if (firstPause.isNegative() || longestPause.compareTo(firstPause) < 0) {
      throw new IllegalArgumentException(
          "pauses must grow: from " + firstPause + " to " + longestPause);
    }
  }
}
