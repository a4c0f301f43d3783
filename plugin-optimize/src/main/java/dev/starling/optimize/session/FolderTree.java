package dev.starling.optimize.session;

import dev.starling.fuse.MountEntry;
import dev.starling.fuse.MountTable;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Removes folders, and never what is mounted in them. */
final class FolderTree {

  private FolderTree() {}

  /**
   * Removes a folder and all that is in it; links are not followed.
   *
   * @throws IOException if something is mounted in it, or it cannot be removed
   */
  static void delete(Path folder) throws IOException {
    if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    for (MountEntry mount : MountTable.current().entries()) {
      if (mount.directory().startsWith(folder)) {
        throw new IOException(
            "cannot remove "
                + folder
                + ": "
                + mount.source()
                + " is mounted on "
                + mount.directory());
      }
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
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
