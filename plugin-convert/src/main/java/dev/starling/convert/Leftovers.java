package dev.starling.convert;

import dev.starling.api.content.BlobFolder;
import dev.starling.api.image.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Removes what runs that did not come to their end have left in a {@link WorkFolder}. */
final class Leftovers {

  /** A run folder without a lock is being made just now, unless it is older than this. */
  private static final Duration BIRTH = Duration.ofMinutes(1);

  private Leftovers() {}

  /** Removes the run folders of processes that are gone. */
  static void sweepRuns(Path root, String prefix, String lockName) throws IOException {
    for (Path entry : list(root)) {
      if (String.valueOf(entry.getFileName()).startsWith(prefix)
          && isDead(entry, entry.resolve(lockName))) {
        deleteTree(entry);
      }
    }
  }

  /** Removes files last written before {@code oldest}. */
  static void sweepOldFiles(Path folder, Instant oldest) throws IOException {
    for (Path file : list(folder)) {
      if (isOlder(file, oldest)) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Removes complete blobs last written before {@code oldest}. */
  static void sweepOldBlobs(BlobFolder blobs, Instant oldest) throws IOException {
    for (Digest digest : blobs.list()) {
      if (isOlder(blobs.file(digest), oldest)) {
        blobs.delete(digest);
      }
    }
  }

  private static boolean isOlder(Path file, Instant oldest) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(oldest);
    } catch (NoSuchFileException e) {
      return false; // another process swept it
    }
  }

  private static boolean isDead(Path run, Path lockFile) throws IOException {
    try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // this process's own
    } catch (NoSuchFileException e) {
      return isOlder(run, Instant.now().minus(BIRTH));
    }
  }

  /** Removes a folder and all that is in it; what another process removes meanwhile is fine. */
  static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
