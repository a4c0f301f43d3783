package dev.starling.snapshot.cache;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Removes files that were not used for longest, one process at a time. Thread-safe. */
final class Eviction {

  /** Fetching gives up sooner: what was not written to for so long, a process that ended left. */
  private static final Duration ABANDONED = Duration.ofMinutes(15);

  private final CacheFolder folder;
  private final Clock clock;
  private final Predicate<CacheFolder.Found> inUse;

  /**
   * @param inUse tells the files whose removal would free nothing
   */
  Eviction(CacheFolder folder, Clock clock, Predicate<CacheFolder.Found> inUse) {
    this.folder = folder;
    this.clock = clock;
    this.inUse = inUse;
  }

  /**
   * Removes files until the others take no more than so much.
   *
   * @param wait whether to wait for another process that is at it
   * @return null if another one is at it
   */
  synchronized @Nullable Pruned downTo(long size, long limit, boolean wait) throws IOException {
    try (FileChannel channel =
            FileChannel.open(folder.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = wait ? channel.lock() : channel.tryLock()) {
      return lock == null ? null : remove(size, limit);
    } catch (OverlappingFileLockException e) {
      if (wait) {
        throw new IOException("another part of this program is clearing the cache; try again", e);
      }
      return null;
    }
  }

  /** Removes what processes that ended were writing. */
  void sweep() {
    folder.sweep(clock.instant().minus(ABANDONED));
  }

  private Pruned remove(long size, long limit) throws IOException {
    sweep();
    List<CacheFolder.Found> all = folder.list();
    all.sort(Comparator.comparing(CacheFolder.Found::lastUsed));
    long total = all.stream().mapToLong(CacheFolder.Found::size).sum();
    long left = total;
    long files = 0;
    for (CacheFolder.Found file : all) {
      if (left <= size) {
        break;
      }
      if (!inUse.test(file) && Files.deleteIfExists(file.path())) {
        files++;
        left -= file.size();
      }
    }
    return new Pruned(files, total - left, new CacheUsage(all.size() - files, left, limit));
  }
}
