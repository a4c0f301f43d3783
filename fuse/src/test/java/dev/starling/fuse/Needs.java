package dev.starling.fuse;

import java.nio.file.Files;
import java.nio.file.Path;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * What a test needs of the machine: missing, it is skipped with the reason; under CI=true it fails.
 */
final class Needs {
  private Needs() {}

  static void fuse() {
    that(Files.isWritable(Path.of("/dev/fuse")), "/dev/fuse, which this user may open");
    try {
      FuseServer.libfuse();
    } catch (FuseUnavailableException e) {
      that(false, String.valueOf(e.getMessage()));
    }
  }

  static void root() {
    that(Privilege.isRoot(), "root");
  }

  static void that(boolean met, String need) {
    if (met) {
      return;
    }
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionFailedError("CI=true, and this test needs " + need);
    }
    throw new TestAbortedException("this test needs " + need);
  }
}
