package dev.starling.fuse;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A file system that is mounted and served. The process must live as long as anybody uses it: when
 * it ends first, the mount answers ENOTCONN until it is {@linkplain MountPoints#detach detached}.
 * Thread-safe.
 */
public interface Mount extends AutoCloseable {

  /** Where it is mounted: absolute, without symbolic links. */
  Path directory();

  /** Whether requests are still answered: true until the last user has gone after unmounting. */
  boolean isServing();

  /**
   * Waits for the end of serving.
   *
   * @return whether it came within {@code limit}
   */
  boolean awaitEnd(Duration limit) throws InterruptedException;

  /**
   * Unmounts if nobody uses it; does nothing if it is unmounted already.
   *
   * @throws MountBusyException if somebody has an open file or working directory in it
   * @throws IOException if the system refuses for another reason, with that reason
   */
  void unmount() throws IOException;

  /**
   * Unmounts, and when somebody still uses it takes it out of sight only: those go on reading, and
   * it is served until the last has gone. An overlay above counts as a user. Further calls do
   * nothing.
   */
  @Override
  void close() throws IOException;
}
