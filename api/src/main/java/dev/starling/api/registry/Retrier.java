package dev.starling.api.registry;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes failed requests again, after pauses that grow. Thread-safe. */
final class Retrier {

  /** A mirror is left for the registry sooner. */
  private static final int MIRROR_ATTEMPTS = 2;

  private static final int SILENT_ATTEMPTS = 2;

  /** One attempt. */
  @FunctionalInterface
  interface Attempt<T extends @Nullable Object> {
    T run() throws IOException;
  }

  private final RetryPolicy policy;
  private final Timing timing;

  Retrier(RetryPolicy policy, Timing timing) {
    this.policy = policy;
    this.timing = timing;
  }

  /** How often a request to the endpoint is made. */
  int attempts(Endpoint endpoint) {
    return endpoint.mirror() ? Math.min(MIRROR_ATTEMPTS, policy.attempts()) : policy.attempts();
  }

  /** Runs the attempt until it succeeds, fails for good or has failed too often. */
  <T extends @Nullable Object> T run(Endpoint endpoint, CallScope scope, Attempt<T> attempt)
      throws IOException {
    for (int number = 1; ; number++) {
      scope.check();
      try {
        return attempt.run();
      } catch (RegistryException e) {
        scope.check();
        // A silent registry has taken long enough already.
        boolean silent = e.getCause() instanceof SocketTimeoutException;
        int attempts = silent ? Math.min(SILENT_ATTEMPTS, attempts(endpoint)) : attempts(endpoint);
        if (!e.isWorthRetrying() || number >= attempts) {
          throw e;
        }
        pause(number, e.retryAfter(), scope);
      }
    }
  }

  /**
   * Waits after the failure of an attempt.
   *
   * @param number which attempt it was, from 1
   * @param asked what the server asked for, or null
   */
  void pause(int number, @Nullable Duration asked, CallScope scope) throws IOException {
    long longest = policy.longestPause().toMillis();
    long doubled = policy.firstPause().toMillis() << Math.min(number - 1, 20);
    long grown = Math.clamp(doubled, 0, longest);
    long millis = grown / 2 + (long) (timing.random().getAsDouble() * (grown - grown / 2));
    if (asked != null) {
      millis = Math.min(longest, Math.max(millis, asked.toMillis()));
    }
    try {
      timing.pause().await(Duration.ofMillis(millis), scope);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for another attempt");
    }
    scope.check();
  }
}
