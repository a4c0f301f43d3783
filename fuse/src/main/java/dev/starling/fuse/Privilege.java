package dev.starling.fuse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who this process is. */
final class Privilege {
  private Privilege() {}

  /** Whether the process mounts by itself; if not, the program {@code fusermount} does. */
  static boolean isRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
