package dev.starling.snapshot.cache;

import dev.starling.api.job.Log;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How much of the disk the cache takes and may take. Other processes add to it, too, so its size is
 * looked up now and then; in between it is what this process knows of. Thread-safe.
 */
final class CacheBudget {

  /** How much may be added between looks at the limit, as a part of it. */
  private static final int LOOKS = 16;

  /** How often a full disk is told. */
  private static final Duration COMPLAINTS = Duration.ofHours(1);

  private final long limit;
  private final Eviction eviction;
  private final Clock clock;
  private final Log log;
  private final AtomicLong added = new AtomicLong();
  private final AtomicLong lastSize;
  private final AtomicBoolean full = new AtomicBoolean();
  private final AtomicReference<Instant> complained = new AtomicReference<>(Instant.MIN);

  /**
   * @param limit in bytes
   * @param size what is there now, in bytes
   * @param log for a disk that is full, told once an hour
   */
  CacheBudget(long limit, long size, Eviction eviction, Clock clock, Log log) {
    this.limit = limit;
    this.lastSize = new AtomicLong(size);
    this.eviction = eviction;
    this.clock = clock;
    this.log = log;
  }

  long limit() {
    return limit;
  }

  /** A file of that many bytes was added; makes room if that was too much. */
  void added(long length) {
    added.addAndGet(CacheFolder.onDisk(length));
    long grown = added.get();
    boolean look = grown > limit / LOOKS || lastSize.get() + grown > limit;
    if (look && added.compareAndSet(grown, 0)) {
      lastSize.addAndGet(grown);
      shrink(limit - limit / LOOKS);
    }
  }

  /** Writing succeeds. */
  void writable() {
    full.set(false);
  }

  /** Writing failed: the disk is likely full. Makes room, and says so now and then. */
  void unwritable(IOException e) {
    if (full.getAndSet(true)) {
      return;
    }
    Instant now = clock.instant();
    // A disk that is nearly full is so again and again.
    if (complained
        .getAndUpdate(last -> last.isBefore(now.minus(COMPLAINTS)) ? now : last)
        .isBefore(now.minus(COMPLAINTS))) {
      log.warn(
          "the cache cannot be written: " + e + "; what is read is fetched each time until it can");
    }
    // Others may have filled the disk, but what is old here is the first that can go.
    long size = lastSize.get();
    shrink(size - size / LOOKS);
  }

  /** Whether there is room for more without removing what is used, as far as is known. */
  boolean hasRoom() {
    return !full.get() && lastSize.get() + added.get() < limit - limit / LOOKS;
  }

  private void shrink(long size) {
    try {
      Pruned pruned = eviction.downTo(size, limit, false);
      if (pruned != null) {
        lastSize.set(pruned.kept().size());
        log.debug("removed " + pruned.files() + " files from the cache");
      }
    } catch (IOException e) {
      log.warn("the cache cannot be kept below its limit: " + e);
    }
  }

  /** As {@link ChunkCache#prune}. */
  Pruned prune(long keep) throws IOException {
    Pruned pruned = eviction.downTo(keep, limit, true);
    if (pruned == null) {
      throw new IllegalStateException("waited for the lock in vain");
    }
    added.set(0);
    lastSize.set(pruned.kept().size());
    return pruned;
  }
}
