package dev.starling.snapshot.fetch;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A chunk that one flight fetches and nobody else. Forgets the bytes when it is settled: they
 * belong to those who wait for them. Used by one thread at a time.
 */
final class Claim {

  private final int chunk;
  private @Nullable CompletableFuture<byte @Nullable []> result;

  Claim(int chunk, CompletableFuture<byte @Nullable []> result) {
    this.chunk = chunk;
    this.result = result;
  }

  int chunk() {
    return chunk;
  }

  boolean isSettled() {
    return result == null;
  }

  /** Hands the bytes over. */
  void complete(byte[] bytes) {
    CompletableFuture<byte @Nullable []> waiting = result;
    if (waiting != null) {
      waiting.complete(bytes);
      result = null;
    }
  }

  /** Lets those who wait fail. */
  void fail(IOException failure) {
    CompletableFuture<byte @Nullable []> waiting = result;
    if (waiting != null) {
      waiting.completeExceptionally(failure);
      result = null;
    }
  }
}
