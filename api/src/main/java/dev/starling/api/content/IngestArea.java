package dev.starling.api.content;

import dev.starling.api.image.Digest;
import dev.starling.api.internal.files.FileErrors;
import dev.starling.api.internal.files.PathLock;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The {@code ingest/} folder beside {@code blobs/}. Every file in it is locked by the process that
 * uses it, so that a file without a lock is one that a dead process has left:
 *
 * <pre>
 *   sha256-HEX.partial   the beginning of that blob; can be continued
 *   UUID.tmp             bytes whose digest is not known yet, or a second writer's; of no use later
 *   UUID.lease           digests, one a line, that UUID.lease.lock's owner relies on
 * </pre>
 *
 * <p>Files are opened, locked, renamed and removed under the folder's lock only; without that a
 * process could lock a file that another one has just renamed to a blob. The folder goes away with
 * its last file.
 */
final class IngestArea {

  private static final String PARTIAL = ".partial";
  private static final String TEMPORARY = ".tmp";
  private static final String LEASE = ".lease";
  private static final String LEASE_LOCK = ".lease.lock";

  private final Path root;
  private final Path folder;
  private final Path lockFile;
  private final Clock clock;

  IngestArea(Path root, Path lockFile, Clock clock) {
    this.root = root;
    this.folder = root.resolve("ingest");
    this.lockFile = lockFile;
    this.clock = clock;
  }

  Path root() {
    return root;
  }

  PathLock lock() throws IOException {
    try {
      return PathLock.acquire(lockFile);
    } catch (IOException e) {
      throw FileErrors.explain("write to", root, e);
    }
  }

  /** The file that continues this blob, or a private one if somebody is writing it. */
  IngestFile claim(Digest digest) throws IOException {
    prepareRoot();
    try (PathLock _ = lock()) {
      Path partial = create().resolve(digest.algorithm() + "-" + digest.hex() + PARTIAL);
      PathLock claimed = PathLock.tryAcquire(partial);
      return claimed == null ? claimPrivate() : new IngestFile(this, partial, claimed, true);
    } catch (IOException e) {
      throw FileErrors.explain("write to", root, e);
    }
  }

  IngestFile claimPrivate() throws IOException {
    prepareRoot();
    try (PathLock _ = lock()) {
      Path file = create().resolve(UUID.randomUUID() + TEMPORARY);
      return new IngestFile(this, file, claimNew(file), false);
    } catch (IOException e) {
      throw FileErrors.explain("write to", root, e);
    }
  }

  /** Locks a new lease and returns its lock; the digests go to {@link #leaseFile}. */
  PathLock claimLease(UUID id) throws IOException {
    prepareRoot();
    try (PathLock _ = lock()) {
      return claimNew(create().resolve(id + LEASE_LOCK));
    } catch (IOException e) {
      throw FileErrors.explain("write to", root, e);
    }
  }

  Path leaseFile(UUID id) {
    return folder.resolve(id + LEASE);
  }

  void releaseLease(UUID id, PathLock claimed) throws IOException {
    try (PathLock _ = lock()) {
      Files.deleteIfExists(leaseFile(id));
      release(folder.resolve(id + LEASE_LOCK), claimed, false);
    }
  }

  void release(Path path, PathLock claimed, boolean keep) throws IOException {
    try (PathLock _ = lock();
        claimed) {
      if (!keep || isEmpty(path)) {
        Files.deleteIfExists(path);
      }
      removeIfEmpty();
    }
  }

  Set<Digest> leased() throws IOException {
    Set<Digest> digests = new HashSet<>();
    try (PathLock _ = lock()) {
      for (Path file : files()) {
        if (!file.toString().endsWith(LEASE)) {
          continue;
        }
        if (isAbandoned(lockOf(file))) {
          delete(file);
          delete(lockOf(file));
        } else {
          Files.readAllLines(file).forEach(line -> digests.add(Digest.parse(line)));
        }
      }
      removeIfEmpty();
    }
    return digests;
  }

  long sweep(Duration age) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    Instant limit = clock.instant().minus(age);
    long freed = 0;
    try (PathLock _ = lock()) {
      for (Path file : files()) {
        freed += sweep(file, limit);
      }
      removeIfEmpty();
    }
    return freed;
  }

  private long sweep(Path file, Instant limit) throws IOException {
    String name = file.toString();
    if (name.endsWith(LEASE_LOCK)) {
      Path lease = Path.of(name.substring(0, name.length() - ".lock".length()));
      return !Files.exists(lease) && isAbandoned(file) ? delete(file) : 0;
    }
    if (name.endsWith(LEASE)) {
      boolean dead = isAbandoned(lockOf(file));
      return dead ? delete(file) + delete(lockOf(file)) : 0;
    }
    boolean old = Files.getLastModifiedTime(file).toInstant().isBefore(limit);
    boolean useless = name.endsWith(TEMPORARY) || (name.endsWith(PARTIAL) && old);
    return useless && isAbandoned(file) ? delete(file) : 0;
  }

  private static Path lockOf(Path lease) {
    return lease.resolveSibling(lease.getFileName() + ".lock");
  }

  /** Whether no process has the file locked. A missing file is created; {@link #delete} it. */
  private static boolean isAbandoned(Path file) throws IOException {
    try (@Nullable PathLock free = PathLock.tryAcquire(file)) {
      return free != null;
    }
  }

  private static long delete(Path file) throws IOException {
    long size = Files.exists(file) ? Files.size(file) : 0;
    Files.deleteIfExists(file);
    return size;
  }

  private static PathLock claimNew(Path file) throws IOException {
    PathLock claimed = PathLock.tryAcquire(file);
    if (claimed == null) {
      throw new IOException(file + " is locked although its name is new");
    }
    return claimed;
  }

  private static boolean isEmpty(Path path) throws IOException {
    return Files.exists(path) && Files.size(path) == 0;
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(files::add);
    } catch (NoSuchFileException e) {
      return List.of();
    }
    return files;
  }

  /** The lock file needs its folder; made without the lock, and never removed. */
  private void prepareRoot() throws IOException {
    try {
      Files.createDirectories(root);
    } catch (IOException e) {
      throw FileErrors.explain("write to", root, e);
    }
  }

  private Path create() throws IOException {
    return Files.createDirectories(folder);
  }

  private void removeIfEmpty() throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException _) {
      // others are at work
    }
  }
}
