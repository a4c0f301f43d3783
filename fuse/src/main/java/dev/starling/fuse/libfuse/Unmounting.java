package dev.starling.fuse.libfuse;

import dev.starling.fuse.FuseUnavailableException;
import dev.starling.fuse.MountBusyException;
import dev.starling.fuse.binding.Libc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/** Ends mounts: by the system call where it is allowed, else through fusermount. Thread-safe. */
public final class Unmounting {
  private static final int MNT_DETACH = 2;
  private static final int UMOUNT_NOFOLLOW = 8;

  /** At least a {@code struct statfs}. */
  private static final int STATFS = 256;

  private final Libc libc;

  private Unmounting(Libc libc) {
    this.libc = libc;
  }

  /** Loaded once: for each loading jnr-ffi makes a class. */
  private static final class Shared {
    static final Unmounting INSTANCE =
        new Unmounting(LibraryLoader.create(Libc.class).failImmediately().load("c"));
  }

  /**
   * Loads the C library's functions.
   *
   * @throws FuseUnavailableException if native code cannot be called
   */
  public static Unmounting load() throws FuseUnavailableException {
    try {
      return Shared.INSTANCE;
    } catch (ExceptionInInitializerError | NoClassDefFoundError e) {
      throw new FuseUnavailableException("this Java runtime cannot call native code: " + e, e);
    }
  }

  /** Whether a path answers ENOTCONN. */
  public boolean isDead(Path path) {
    // Names and attributes may come from the kernel's cache; this never does.
    Pointer buffer = Memory.allocateDirect(Runtime.getSystemRuntime(), STATFS, true);
    return libc.statfs(path.toString(), buffer) != 0 && lastError() == Errno.ENOTCONN.number();
  }

  /**
   * Unmounts what nobody uses.
   *
   * @throws MountBusyException if somebody uses it
   * @throws IOException if the system refuses for another reason
   */
  public void unmount(Path directory) throws IOException {
    unmount(directory, false);
  }

  /** Takes it out of sight; see {@link dev.starling.fuse.MountPoints#detach}. */
  public void detach(Path directory) throws IOException {
    unmount(directory, true);
  }

  private void unmount(Path directory, boolean lazily) throws IOException {
    int flags = UMOUNT_NOFOLLOW | (lazily ? MNT_DETACH : 0);
    if (libc.umount2(directory.toString(), flags) == 0) {
      return;
    }
    int error = lastError();
    if (error == Errno.EPERM.number()) {
      fusermount(directory, lazily);
    } else if (error == Errno.EBUSY.number()) {
      throw busy(directory);
    } else if (error == Errno.EINVAL.number() || error == Errno.ENOENT.number()) {
      throw new IOException("cannot unmount " + directory + ": nothing is mounted there");
    } else {
      throw new IOException("cannot unmount " + directory + ": error " + error);
    }
  }

  private static void fusermount(Path directory, boolean lazily) throws IOException {
    List<String> command = new ArrayList<>(List.of("fusermount", "-u"));
    if (lazily) {
      command.add("-z");
    }
    command.addAll(List.of("--", directory.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    process.getOutputStream().close();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (process.waitFor() == 0) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while unmounting " + directory, e);
    }
    if (said.endsWith("Device or resource busy")) {
      throw busy(directory);
    }
    throw new IOException("cannot unmount " + directory + ": " + said);
  }

  private static MountBusyException busy(Path directory) {
    return new MountBusyException(
        "cannot unmount " + directory + ": somebody uses it (fuser -vm " + directory + ")");
  }

  private static int lastError() {
    return LastError.getLastError(Runtime.getSystemRuntime());
  }
}
