package dev.starling.snapshot.fetch;

import dev.starling.api.image.Digest;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which chunks of one layer are in the cache, as far as is known, and which of them were verified
 * in this process. Thread-safe.
 */
final class ChunkPresence {

  private final ChunkTable table;
  private final FetchContext context;
  private final LayerCounters counters;
  private final ChunkFlags present;
  private final ChunkFlags verified;
  private final ChunkFlags countedMembers;
  private final AtomicInteger count = new AtomicInteger();

  ChunkPresence(ChunkTable table, FetchContext context, LayerCounters counters) {
    this.table = table;
    this.context = context;
    this.counters = counters;
    this.present = new ChunkFlags(table.count());
    this.verified = new ChunkFlags(table.count());
    this.countedMembers = new ChunkFlags(table.count());
  }

  /** Whether all chunks are there. */
  boolean isComplete() {
    return count.get() == table.count();
  }

  /** Whether it is known to be there, without looking. */
  boolean isKnown(int chunk) {
    return present.get(chunk);
  }

  /** Whether it was verified in this process. */
  boolean isVerified(int chunk) {
    return verified.get(chunk);
  }

  /** Whether a read needs no flight of its own for it; looks in the cache. */
  boolean isAtHand(int chunk) {
    if (present.get(chunk)) {
      return true;
    }
    Digest digest = table.digest(chunk);
    if (context.recent().get(digest) != null) {
      return true;
    }
    if (context.cache().contains(digest, table.size(chunk))) {
      found(chunk);
      return true;
    }
    return false;
  }

  private void found(int chunk) {
    if (!present.set(chunk)) {
      return;
    }
    count.incrementAndGet();
    int member = chunk;
    while (member > 0 && table.offset(member - 1) == table.offset(chunk)) {
      member--;
    }
    if (countedMembers.set(member)) {
      counters.atHand.add(table.end(chunk) - table.offset(chunk));
    }
  }

  /** It is in the cache, and is what it should be. */
  void verified(int chunk) {
    verified.set(chunk);
    found(chunk);
  }

  /** It is not in the cache any more. */
  void missing(int chunk) {
    if (present.clear(chunk)) {
      verified.clear(chunk);
      count.decrementAndGet();
    }
  }
}
