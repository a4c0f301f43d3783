package dev.starling.snapshot.cache;

import dev.starling.api.image.Digest;
import dev.starling.api.job.Log;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chunks, TOCs and inflated layers on disk, shared by all processes that open the same directory.
 * When it grows over its limit, what was not used for longest goes; it may be over it for a moment,
 * by a sixteenth for each process. Thread-safe.
 */
public final class ChunkCache {

  /** The limit unless told otherwise: 10 GiB. */
  public static final long DEFAULT_LIMIT = 10L << 30;

  private static final int BUFFER = 64 << 10;

  private final CacheFolder folder;
  private final Clock clock;
  private final Log log;
  private final Spools spools;
  private final CacheBudget budget;

  private ChunkCache(CacheFolder folder, Clock clock, Log log, Spools spools, CacheBudget budget) {
    this.folder = folder;
    this.clock = clock;
    this.log = log;
    this.spools = spools;
    this.budget = budget;
  }

  /**
   * Opens the cache in a directory, which is made if missing.
   *
   * @param limit how much of the disk it may take in bytes, at least 1
   * @param clock by which files are old
   * @param log for a disk that is full, told once an hour
   */
  public static ChunkCache open(Path directory, long limit, Clock clock, Log log)
      throws IOException {
    if (limit < 1) {
      throw new IllegalArgumentException("a cache of " + limit + " bytes can hold nothing");
    }
    CacheFolder folder = CacheFolder.create(directory);
    Spools spools = new Spools(folder);
    Eviction eviction = new Eviction(folder, clock, spools::isInUse);
    eviction.sweep();
    CacheBudget budget = new CacheBudget(limit, size(folder.list()), eviction, clock, log);
    return new ChunkCache(folder, clock, log, spools, budget);
  }

  /** How much of the disk it may take, in bytes. */
  public long limit() {
    return budget.limit();
  }

  /** Whether a chunk of that length is there; it may be torn, or gone a moment later. */
  public boolean contains(Digest chunk, long size) {
    Path path = folder.path(CacheKind.CHUNK, chunk);
    try {
      // The first question costs no exception, and most chunks of a new layer are not there.
      return Files.exists(path) && Files.size(path) == size;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Reads a part of a chunk. A file that is not what its name says is removed.
   *
   * @param size the chunk's length in bytes
   * @param offset where in the chunk to begin
   * @param target filled, so it has room for no more than the chunk has from there
   * @param verify whether to verify the whole chunk before: at the first read in a process
   * @return whether it was there; if not, the target is as it was
   */
  public boolean read(Digest chunk, long size, long offset, ByteBuffer target, boolean verify) {
    Path path = folder.path(CacheKind.CHUNK, chunk);
    int position = target.position();
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      if (file.size() != size || (verify && !isIntact(file, chunk))) {
        log.debug("removing the damaged file " + path + " from the cache");
        Files.deleteIfExists(path);
        return false;
      }
      if (verify) {
        touch(path);
      }
      long at = offset;
      while (target.hasRemaining()) {
        int read = file.read(target, at);
        if (read < 0) {
          target.position(position);
          return false;
        }
        at += read;
      }
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      log.debug("reading " + path + " failed, fetching it anew: " + e);
      target.position(position);
      return false;
    }
  }

  private static boolean isIntact(FileChannel file, Digest chunk) throws IOException {
    MessageDigest hash = chunk.newMessageDigest();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    long at = 0;
    while (true) {
      int read = file.read(buffer.clear(), at);
      if (read < 0) {
        return HexFormat.of().formatHex(hash.digest()).equals(chunk.hex());
      }
      hash.update(buffer.array(), 0, read);
      at += read;
    }
  }

  private void touch(Path path) throws IOException {
    Files.setLastModifiedTime(path, FileTime.from(clock.instant()));
  }

  /**
   * Keeps a chunk.
   *
   * @param content its verified bytes
   * @return whether it could be kept; if the disk is full that is told and is no error
   */
  public boolean put(Digest chunk, byte[] content) {
    try {
      Path temporary = folder.temporary();
      try {
        Files.write(temporary, content, StandardOpenOption.CREATE_NEW);
        touch(temporary);
        CacheFolder.commit(temporary, folder.path(CacheKind.CHUNK, chunk));
      } finally {
        Files.deleteIfExists(temporary);
      }
      budget.writable();
      budget.added(content.length);
      return true;
    } catch (IOException e) {
      budget.unwritable(e);
      return false;
    }
  }

  /** Removes a chunk, if it is there. */
  public void remove(Digest chunk) {
    try {
      Files.deleteIfExists(folder.path(CacheKind.CHUNK, chunk));
    } catch (IOException e) {
      log.debug("cannot remove " + chunk + " from the cache: " + e);
    }
  }

  /**
   * The kept TOC of a layer as it was written, unverified, or null. To be closed.
   *
   * @param layer the layer's digest
   */
  public @Nullable InputStream openToc(Digest layer) throws IOException {
    Path path = folder.path(CacheKind.TOC, layer);
    try {
      InputStream in = Files.newInputStream(path);
      touch(path);
      return in;
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Removes the kept TOC of a layer. */
  public void removeToc(Digest layer) throws IOException {
    Files.deleteIfExists(folder.path(CacheKind.TOC, layer));
  }

  /** Writes a file's content. */
  @FunctionalInterface
  public interface Writer {
    void write(OutputStream out) throws IOException;
  }

  /**
   * Keeps a layer's TOC, all of what the writer writes or nothing.
   *
   * @throws IOException what the writer throws, or if the cache cannot be written
   */
  public void putToc(Digest layer, Writer writer) throws IOException {
    Path temporary = folder.temporary();
    try {
      CountingOutput out = new CountingOutput(temporary);
      try (out) {
        writer.write(out);
        out.flush(); // not forced to the disk: who reads it checks its digest
      }
      CacheFolder.commit(temporary, folder.path(CacheKind.TOC, layer));
      budget.added(out.count());
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** The inflated layer that is kept, or null; it stays readable until it is closed. */
  public @Nullable Spool openSpool(Digest layer) throws IOException {
    return spools.open(layer);
  }

  /**
   * Keeps an inflated layer, all of what the writer writes or nothing.
   *
   * @throws IOException if it does not fit in the limit or on the disk
   */
  public Spool putSpool(Digest layer, Writer writer) throws IOException {
    Path temporary = folder.temporary();
    try {
      CountingOutput out = new CountingOutput(temporary, budget.limit());
      try (out) {
        writer.write(out);
        out.force();
      }
      Spool spool = spools.commit(layer, temporary);
      budget.added(out.count());
      return spool;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Whether there is room for more without removing what is used, as far as is known. */
  public boolean hasRoom() {
    return budget.hasRoom();
  }

  /** What it holds. */
  public CacheUsage usage() throws IOException {
    List<CacheFolder.Found> all = folder.list();
    return new CacheUsage(all.size(), size(all), budget.limit());
  }

  private static long size(List<CacheFolder.Found> files) {
    return files.stream().mapToLong(CacheFolder.Found::size).sum();
  }

  /** All that it holds, in no order. */
  public List<CacheEntry> list() throws IOException {
    return folder.list().stream().map(CacheFolder.Found::entry).toList();
  }

  /**
   * Removes what was not used for longest until the rest takes no more than so much. What is in use
   * stays.
   *
   * @param keep in bytes, 0 to remove everything
   */
  public Pruned prune(long keep) throws IOException {
    return budget.prune(keep);
  }
}
