package dev.starling.shell.demo;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Files of this machine that a layer is made of: some of those below a folder that everybody may
 * read, since the demo is no place for secrets.
 *
 * @param folder the folder
 * @param files what was chosen below it, parents before their children
 * @param bytes the length of the regular files
 */
record FileSample(Path folder, List<Path> files, long bytes) {

  /** Larger files would fill the layer alone. */
  private static final long MAX_FILE = 8L << 20;

  FileSample {
    files = List.copyOf(files);
  }

  /**
   * Chooses files until one of the bounds is reached.
   *
   * @param maxFiles how many entries at most
   * @param maxBytes their length together, at most
   */
  static FileSample of(Path folder, int maxFiles, long maxBytes) throws IOException {
    Chooser chooser = new Chooser(maxFiles, maxBytes);
    if (Files.isDirectory(folder)) {
      Files.walkFileTree(folder, chooser);
    }
    return new FileSample(folder, chooser.files, chooser.bytes);
  }

  private static final class Chooser extends SimpleFileVisitor<Path> {
    private final int maxFiles;
    private final long maxBytes;
    private final List<Path> files = new ArrayList<>();
    private long bytes;

    Chooser(int maxFiles, long maxBytes) {
      this.maxFiles = maxFiles;
      this.maxBytes = maxBytes;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
        throws IOException {
      if (files.size() >= maxFiles) {
        return FileVisitResult.TERMINATE;
      }
      if (!isPublic(directory)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      files.add(directory);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (files.size() >= maxFiles || bytes >= maxBytes) {
        return FileVisitResult.TERMINATE;
      }
      if (attributes.isSymbolicLink()) {
        files.add(file);
      } else if (attributes.isRegularFile()
          && attributes.size() <= Math.min(MAX_FILE, maxBytes - bytes)
          && isPublic(file)) {
        files.add(file);
        bytes += attributes.size();
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      return FileVisitResult.CONTINUE; // not ours to read, or gone meanwhile
    }

    private static boolean isPublic(Path file) throws IOException {
      try {
        Set<PosixFilePermission> permissions =
            Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
        return permissions.contains(PosixFilePermission.OTHERS_READ) && Files.isReadable(file);
      } catch (UnsupportedOperationException e) {
        return Files.isReadable(file);
      }
    }
  }
}
