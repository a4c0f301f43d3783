package dev.starling.fuse;

import dev.starling.fuse.libfuse.Unmounting;
import java.io.IOException;
import java.nio.file.Path;

/** Clears away what a process that died, or a detached one, left mounted. */
public final class MountPoints {
  private MountPoints() {}

  /**
   * Whether the process that served a mount is gone: every use of it answers ENOTCONN. Waits if it
   * is there and does not answer.
   *
   * @throws FuseUnavailableException if the native access is missing on this machine
   */
  public static boolean isDead(Path directory) throws IOException {
    return Unmounting.load().isDead(directory);
  }

  /** Whether this process mounts by itself, as root; if not, fusermount does it on its behalf. */
  public static boolean isRoot() {
    return Privilege.isRoot();
  }

  /**
   * Takes a mount out of sight at once; those who use it keep it until they end. The way to remove
   * a dead mount.
   *
   * @throws IOException if it is no mount point or the system refuses, with the reason
   */
  public static void detach(Path directory) throws IOException {
    Unmounting.load().detach(directory);
  }
}
