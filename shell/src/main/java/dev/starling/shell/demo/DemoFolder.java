package dev.starling.shell.demo;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The folder that a demo keeps everything in. As long as the demo runs it keeps a file in it
 * locked, so that the next one finds the folders of those that were killed.
 *
 * @param path where it is
 * @param channel of the locked file
 */
record DemoFolder(Path path, FileChannel channel) implements AutoCloseable {

  private static final String PREFIX = "starling-demo-";
  private static final String LOCK = "lock";

  /** Makes one among the machine's temporary files. */
  static DemoFolder create() throws IOException {
    Path path = Files.createTempDirectory(PREFIX);
    FileChannel channel =
        FileChannel.open(
            path.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    channel.lock();
    return new DemoFolder(path, channel);
  }

  /** This user's folders of demos that do not run any more, below a folder. */
  static List<Path> left(Path parent) throws IOException {
    List<Path> left = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        if (Files.getOwner(folder).getName().equals(System.getProperty("user.name"))
            && isLeft(folder.resolve(LOCK))) {
          left.add(folder);
        }
      }
    }
    return left;
  }

  private static boolean isLeft(Path lock) {
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        FileLock got = channel.tryLock()) {
      return got != null;
    } catch (IOException | OverlappingFileLockException e) {
      return false;
    }
  }

  /** Removes a folder with all that is in it. */
  static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      delete(path);
    }
  }
}
