package dev.starling.shell.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The file in a folder that its process keeps locked for as long as it runs. */
public final class LockFile {

  /** Its name. */
  public static final String NAME = "lock";

  private LockFile() {}

  /**
   * Whether the folder has one and nobody keeps it locked: its process is gone. To be asked before
   * this process locks it: closing a file gives up all of a process's locks on it.
   */
  public static boolean isLeftIn(Path folder) {
    try (FileChannel channel = FileChannel.open(folder.resolve(NAME), StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (IOException | OverlappingFileLockException e) {
      return false;
    }
  }
}
