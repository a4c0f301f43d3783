package dev.starling.fuse;

import dev.starling.fuse.libfuse.LibfuseServer;
import java.io.IOException;
import java.nio.file.Path;

/** Mounts file systems and answers the kernel for them. Thread-safe. */
public interface FuseServer {

  /**
   * Mounts on an empty directory and returns when it can be used.
   *
   * @param directory must exist
   * @throws FuseUnavailableException if the machine or the user lacks something
   * @throws IOException if it cannot be mounted there, with the reason
   */
  <N> Mount mount(ReadOnlyFileSystem<N> files, Path directory, MountOptions options)
      throws IOException;

  /**
   * The server over libfuse 2. Loads the library anew each time: one is enough for a process.
   *
   * @throws FuseUnavailableException if {@code libfuse.so.2} is not installed
   */
  static FuseServer libfuse() throws FuseUnavailableException {
    return LibfuseServer.load();
  }
}
