package dev.starling.shell.demo;

import dev.starling.shell.files.FolderTree;
import dev.starling.shell.files.LockFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The folder that a demo keeps everything in. As long as the demo runs it keeps a file in it
 * locked, so that the next one finds the folders of those that were killed.
 *
 * @param path where it is
 * @param channel of the locked file
 */
record DemoFolder(Path path, FileChannel channel) implements AutoCloseable {

  private static final String PREFIX = "starling-demo-";

  /** Makes one among the machine's temporary files. */
  static DemoFolder create() throws IOException {
    Path path = Files.createTempDirectory(PREFIX);
    FileChannel channel =
        FileChannel.open(
            path.resolve(LockFile.NAME), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    channel.lock();
    return new DemoFolder(path, channel);
  }

  /** This user's folders of demos that do not run any more, below a folder. */
  static List<Path> left(Path parent) throws IOException {
    List<Path> left = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        if (Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS)
                .getName()
                .equals(System.getProperty("user.name"))
            && LockFile.isLeftIn(folder)) {
          left.add(folder);
        }
      }
    }
    return left;
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      FolderTree.delete(path);
    }
  }
}
