package dev.starling.shell.plugin;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Finds folders whose process is gone, without knowing what is in them. */
final class LeftFolders {

  private LeftFolders() {}

  /**
   * Whether a folder in this one has a file {@code lock} that nobody keeps locked. To be asked
   * before this process locks any of them: closing a file gives up all of a process's locks on it.
   */
  static boolean isAnyIn(Path parent) {
    if (!Files.isDirectory(parent)) {
      return false;
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent)) {
      for (Path folder : folders) {
        if (isLeft(folder.resolve("lock"))) {
          return true;
        }
      }
    } catch (IOException e) {
      // Another user's; its owner's next command looks there.
    }
    return false;
  }

  private static boolean isLeft(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (IOException | OverlappingFileLockException e) {
      return false;
    }
  }
}
