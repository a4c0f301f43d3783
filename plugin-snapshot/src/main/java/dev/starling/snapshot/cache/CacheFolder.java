package dev.starling.snapshot.cache;

import dev.starling.api.image.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Where a cache's files lie. Thread-safe. */
final class CacheFolder {

  private static final int BLOCK = 4096;
  private static final int FAN_OUT = 2;
  private static final String TEMPORARY = "tmp";

  private final Path root;

  /** A file as it was found. */
  record Found(CacheKind kind, Path path, long size, Instant lastUsed) {
    CacheEntry entry() {
      return new CacheEntry(
          kind, new Digest("sha256", path.getFileName().toString()), size, lastUsed);
    }
  }

  private CacheFolder(Path root) {
    this.root = root;
  }

  static CacheFolder create(Path root) throws IOException {
    Files.createDirectories(root.resolve(TEMPORARY));
    for (CacheKind kind : CacheKind.values()) {
      Files.createDirectories(root.resolve(kind.folder()));
    }
    return new CacheFolder(root);
  }

  Path lock() {
    return root.resolve("lock");
  }

  /** Where a file is or would be. */
  Path path(CacheKind kind, Digest digest) {
    Path folder = root.resolve(kind.folder());
    return kind == CacheKind.CHUNK
        ? folder.resolve(digest.hex().substring(0, FAN_OUT)).resolve(digest.hex())
        : folder.resolve(digest.hex());
  }

  /** A new file to write to. */
  Path temporary() throws IOException {
    Path folder = root.resolve(TEMPORARY);
    Path path = folder.resolve(UUID.randomUUID().toString());
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
    }
    return path;
  }

  /** Puts a complete file in its place, over another one if there is one. */
  static void commit(Path temporary, Path target) throws IOException {
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      Path folder = target.getParent();
      if (folder == null) {
        throw e;
      }
      Files.createDirectories(folder);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Makes renames in the folder of this file last. */
  static void forceFolder(Path file) throws IOException {
    Path folder = file.getParent();
    if (folder != null) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  static long onDisk(long length) {
    return (length + BLOCK - 1) & -BLOCK;
  }

  /** All files that are in place, in no order. */
  List<Found> list() throws IOException {
    List<Found> found = new ArrayList<>();
    for (CacheKind kind : CacheKind.values()) {
      Path folder = root.resolve(kind.folder());
      if (kind == CacheKind.CHUNK) {
        forEach(folder, fan -> list(kind, fan, found));
      } else {
        list(kind, folder, found);
      }
    }
    return found;
  }

  private static void list(CacheKind kind, Path folder, List<Found> found) {
    forEach(
        folder,
        path -> {
          try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isRegularFile() && isHex(path.getFileName().toString())) {
              found.add(new Found(kind, path, onDisk(attributes.size()), lastUsed(attributes)));
            }
          } catch (IOException e) {
            // Somebody else removed it just now: it is not there.
          }
        });
  }

  private static boolean isHex(String name) {
    return name.length() == 64 && name.chars().allMatch(c -> Character.digit(c, 16) >= 0);
  }

  private static Instant lastUsed(BasicFileAttributes attributes) {
    FileTime written = attributes.lastModifiedTime();
    FileTime read = attributes.lastAccessTime();
    return (read.compareTo(written) > 0 ? read : written).toInstant();
  }

  /** Removes what was being written before that time, by a process that then ended. */
  void sweep(Instant before) {
    forEach(
        root.resolve(TEMPORARY),
        path -> {
          try {
            if (Files.getLastModifiedTime(path).toInstant().isBefore(before)) {
              Files.deleteIfExists(path);
            }
          } catch (IOException e) {
            // Its writer has just renamed or removed it.
          }
        });
  }

  private static void forEach(Path folder, Consumer<Path> action) {
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder)) {
      paths.forEach(action);
    } catch (IOException e) {
      // A folder that is not there has no files; one that breaks off is listed again next time.
    }
  }
}
