package dev.starling.fuse.libfuse;

import dev.starling.fuse.FuseServer;
import dev.starling.fuse.FuseUnavailableException;
import dev.starling.fuse.Mount;
import dev.starling.fuse.MountOptions;
import dev.starling.fuse.MountPoints;
import dev.starling.fuse.ReadOnlyFileSystem;
import dev.starling.fuse.binding.Libfuse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jnr.ffi.LibraryLoader;

/** The server over libfuse 2 and jnr-fuse. */
public final class LibfuseServer implements FuseServer {
  private static final String LIBRARY = "libfuse.so.2";

  private final Libfuse libfuse;

  private LibfuseServer(Libfuse libfuse) {
    this.libfuse = libfuse;
  }

  /**
   * Loads the library.
   *
   * @throws FuseUnavailableException if the library is not installed
   */
  public static LibfuseServer load() throws FuseUnavailableException {
    try {
      Libfuse libfuse = LibraryLoader.create(Libfuse.class).failImmediately().load(LIBRARY);
      Unmounting.load();
      Callbacks.prepare();
      return new LibfuseServer(libfuse);
    } catch (UnsatisfiedLinkError | NoClassDefFoundError | RuntimeException e) {
      throw new FuseUnavailableException(
          "cannot load "
              + LIBRARY
              + " ("
              + e.getMessage()
              + "): on Debian, apt-get install libfuse2",
          e);
    }
  }

  @Override
  public <N> Mount mount(ReadOnlyFileSystem<N> files, Path directory, MountOptions options)
      throws IOException {
    boolean root = MountPoints.isRoot();
    Prerequisites.ofMachine(options, root);
    Prerequisites.ofDirectory(directory);
    Session session = Session.start(libfuse, files, directory.toRealPath(), options, root);
    if (root) {
      readAhead(session, options.readAhead());
    }
    return session;
  }

  /** The kernel's own limit is 128 KiB until the device's setting is changed. */
  private static void readAhead(Session session, int kib) {
    Path setting = Path.of("/sys/class/bdi", session.device(), "read_ahead_kb");
    try {
      Files.writeString(setting, Integer.toString(kib));
    } catch (IOException e) {
      // /sys is read-only in some containers: slower, not wrong.
    }
  }
}
