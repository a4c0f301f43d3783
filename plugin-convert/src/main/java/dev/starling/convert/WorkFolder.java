package dev.starling.convert;

import dev.starling.api.content.BlobFolder;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Blobs on the way. Below it:
 *
 * <pre>
 *   downloads/      source blobs, complete or partial, by digest
 *   converted/KEY   finished layers, with KEY.properties beside them
 *   run-ID/         one running process's own files, and its lock
 * </pre>
 *
 * <p>A process that dies leaves what the next one can use (downloads and finished layers, for a
 * day) and its run folder, which the next one to open the work folder removes. A command that
 * succeeds removes all that it used. Thread-safe; several processes may use one folder.
 */
public final class WorkFolder implements Closeable {

  private static final Duration MAX_AGE = Duration.ofDays(1);
  private static final String RUN_PREFIX = "run-";
  private static final String LOCK = "lock";

  private final Path root;
  private final Path run;
  private final FileChannel lockChannel;
  private final BlobFolder downloads;
  private final Set<Path> used = new HashSet<>();

  private WorkFolder(Path root, Path run, FileChannel lockChannel, BlobFolder downloads) {
    this.root = root;
    this.run = run;
    this.lockChannel = lockChannel;
    this.downloads = downloads;
  }

  /**
   * Opens the folder, made if missing, and removes what dead processes and old runs left.
   *
   * @throws IOException if it cannot be written
   */
  public static WorkFolder open(Path root, Clock clock) throws IOException {
    Files.createDirectories(root.resolve("converted"));
    BlobFolder downloads = downloads(root, clock);
    Leftovers.sweepRuns(root, RUN_PREFIX, LOCK);
    Leftovers.sweepOldFiles(root.resolve("converted"), clock.instant().minus(MAX_AGE));
    Leftovers.sweepOldBlobs(downloads, clock.instant().minus(MAX_AGE));
    downloads.sweep(MAX_AGE);
    Path run = Files.createDirectory(root.resolve(RUN_PREFIX + UUID.randomUUID()));
    FileChannel channel =
        FileChannel.open(
            run.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.lock();
      if (!lock.isValid()) {
        throw new IOException("cannot lock " + run);
      }
      return new WorkFolder(root, run, channel, downloads);
    } catch (IOException | RuntimeException e) {
      channel.close();
      Leftovers.deleteTree(run);
      throw e;
    }
  }

  private static BlobFolder downloads(Path root, Clock clock) {
    Path folder = root.resolve("downloads");
    return new BlobFolder(folder, folder.resolve(".lock"), clock);
  }

  /** Whether an earlier run left a finished layer, without opening or touching the folder. */
  static boolean hasFinished(Path root, String key) {
    Path blob = root.resolve("converted").resolve(key);
    return Files.exists(blob) && Files.exists(recordOf(blob));
  }

  /** Source blobs; resumable. */
  public BlobFolder downloads() {
    return downloads;
  }

  /** A folder of this process alone, removed when the work folder is closed. */
  public Path scratch() {
    return run;
  }

  /** A fresh name in {@link #scratch()}. */
  public Path scratchFile(String suffix) {
    return run.resolve(UUID.randomUUID() + suffix);
  }

  /**
   * A finished layer that an earlier run left. It stays readable under the returned name until this
   * folder is closed, whatever other processes do.
   *
   * @param key what was made of what, as a file name
   * @return the layer's file, or null if there is none
   */
  public @Nullable Finished finished(String key) throws IOException {
    Path blob = root.resolve("converted").resolve(key);
    Path record = recordOf(blob);
    Path own = scratchFile(".layer");
    try {
      String text = Files.readString(record);
      Files.createLink(own, blob);
      markUsed(blob);
      return new Finished(own, text);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /**
   * A finished layer.
   *
   * @param file the blob
   * @param record what is known of it
   */
  public record Finished(Path file, String record) {}

  /**
   * Keeps a finished layer for a later run, should this one not come to its end.
   *
   * @param file a complete file of {@link #scratch()}; stays where it is
   * @param record what a later run needs to know of it
   */
  public void keep(String key, Path file, String record) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Path blob = root.resolve("converted").resolve(key);
    Path link = scratchFile(".link");
    Files.createLink(link, file);
    Files.move(link, blob, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Path text = scratchFile(".properties");
    Files.writeString(text, record);
    Files.move(
        text, recordOf(blob), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    markUsed(blob);
  }

  /** Notes that this file is not needed any more once the command has succeeded. */
  public synchronized void markUsed(Path file) {
    used.add(file);
  }

  /** The command succeeded: removes all that it used from the part that outlives it. */
  public synchronized void succeeded() throws IOException {
    for (Path file : used) {
      Files.deleteIfExists(recordOf(file));
      Files.deleteIfExists(file);
    }
    used.clear();
  }

  /** Removes this process's own files. */
  @Override
  public void close() throws IOException {
    lockChannel.close();
    Leftovers.deleteTree(run);
  }

  private static Path recordOf(Path blob) {
    return blob.resolveSibling(blob.getFileName() + ".properties");
  }
}
