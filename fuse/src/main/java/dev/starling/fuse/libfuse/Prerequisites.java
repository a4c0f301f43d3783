package dev.starling.fuse.libfuse;

import dev.starling.fuse.FuseUnavailableException;
import dev.starling.fuse.MountOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Says in one line what libfuse would say obscurely or not at all. */
final class Prerequisites {
  private static final Path DEVICE = Path.of("/dev/fuse");
  private static final Path SETTINGS = Path.of("/etc/fuse.conf");

  private Prerequisites() {}

  /**
   * @throws FuseUnavailableException if the machine or the user lacks something
   */
  static void ofMachine(MountOptions options, boolean root) throws IOException {
    if (!Files.exists(DEVICE)) {
      throw new FuseUnavailableException(
          DEVICE
              + " does not exist: load the kernel's module (modprobe fuse); a container must be"
              + " given the device",
          null);
    }
    if (!Files.isReadable(DEVICE) || !Files.isWritable(DEVICE)) {
      throw new FuseUnavailableException(
          "this user may not open " + DEVICE + ": as root, chmod 666 " + DEVICE, null);
    }
    if (root) {
      return;
    }
    if (!onPath("fusermount")) {
      throw new FuseUnavailableException(
          "only root can mount without the program fusermount: on Debian, apt-get install fuse",
          null);
    }
    if (options.shared() && !othersAllowed()) {
      throw new FuseUnavailableException(
          "other users cannot be let into this user's mounts: as root, add the line"
              + " user_allow_other to "
              + SETTINGS,
          null);
    }
  }

  /**
   * @throws IOException if libfuse could not mount on a directory
   */
  static void ofDirectory(Path directory) throws IOException {
    if (Unmounting.load().isDead(directory)) {
      throw new IOException(
          "cannot mount on " + directory + ": a mount is there whose process is gone; unmount it");
    }
    if (!Files.isDirectory(directory)) {
      throw new IOException("cannot mount on " + directory + ": it is no directory");
    }
    try (Stream<Path> entries = Files.list(directory)) {
      if (entries.findAny().isPresent()) {
        throw new IOException("cannot mount on " + directory + ": it is not empty");
      }
    }
  }

  private static boolean othersAllowed() {
    try {
      return Files.readAllLines(SETTINGS).stream()
          .anyMatch(line -> line.strip().equals("user_allow_other"));
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean onPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "") + ":/bin:/usr/bin";
    return Stream.of(path.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
