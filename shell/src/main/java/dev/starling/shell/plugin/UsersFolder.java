package dev.starling.shell.plugin;

import dev.starling.shell.files.FolderTree;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The user's plugin folder while it is changed: one process at a time. Closing it lets others. */
final class UsersFolder implements AutoCloseable {

  private static final String STAGE = ".installing-";

  private final Path folder;
  private final FileChannel channel;
  private final FileLock lock;

  private UsersFolder(Path folder, FileChannel channel, FileLock lock) {
    this.folder = folder;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Waits until no other process changes the folder, makes it if it is missing, and removes what a
   * killed installation left in it.
   *
   * @throws PluginException if it cannot be written
   */
  static UsersFolder open(Path folder) throws PluginException {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        UsersFolder opened = new UsersFolder(folder, channel, channel.lock());
        opened.removeStages();
        return opened;
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new PluginException("the plugin folder " + folder + " cannot be changed: " + e, e);
    }
  }

  private void removeStages() throws IOException {
    try (DirectoryStream<Path> stages = Files.newDirectoryStream(folder, STAGE + "*")) {
      for (Path stage : stages) {
        FolderTree.delete(stage);
      }
    }
  }

  Path path() {
    return folder;
  }

  /** A new folder in it that is no plugin, from which files can be moved into it at once. */
  Path stage() throws IOException {
    return Files.createTempDirectory(folder, STAGE);
  }

  @Override
  public void close() throws PluginException {
    try (channel;
        lock) {
      removeStages();
    } catch (IOException e) {
      throw new PluginException("the plugin folder " + folder + " cannot be tidied up: " + e, e);
    }
  }
}
