package dev.starling.shell.plugin;

import dev.starling.shell.files.LockFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds folders whose process is gone, without knowing what is in them. */
final class LeftFolders {

  private LeftFolders() {}

  /**
   * Whether a folder in this one has a {@link LockFile} that nobody keeps locked. To be asked
   * before this process locks any of them.
   */
  static boolean isAnyIn(Path parent) {
    if (!Files.isDirectory(parent)) {
      return false;
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent)) {
      for (Path folder : folders) {
        if (LockFile.isLeftIn(folder)) {
          return true;
        }
      }
    } catch (IOException e) {
      // Another user's; its owner's next command looks there.
    }
    return false;
  }
}
