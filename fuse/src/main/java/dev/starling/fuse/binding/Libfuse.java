package dev.starling.fuse.binding;

import jnr.ffi.Pointer;
import jnr.ffi.annotations.In;
import jnr.ffi.types.size_t;
import org.jspecify.annotations.Nullable;
import ru.serce.jnrfuse.struct.FuseOperations;

/**
 * The steps of which libfuse 2's {@code fuse_main} consists (fuse.h, API 26). That function itself
 * unmounts in its own way and cannot tell a refused mount from an ended one.
 *
 * <p>Only functions that libfuse has no unversioned predecessor of: looked up by name alone, as
 * here, {@code fuse_new} would be the one of libfuse 1.
 */
@SuppressWarnings("MethodName") // named as in C
public interface Libfuse {
  /**
   * Mounts and makes a file system; null if refused, with the reason on stderr.
   *
   * @param mountpoint receives a {@code char *}, to be freed
   * @param multithreaded receives an {@code int}
   */
  @Nullable Pointer fuse_setup(
      int argc,
      @In String[] argv,
      FuseOperations operations,
      @size_t long size,
      Pointer mountpoint,
      Pointer multithreaded,
      @Nullable Pointer data);

  /** The session of a file system. */
  Pointer fuse_get_session(Pointer fuse);

  /** The first channel of a session, after null. */
  Pointer fuse_session_next_chan(Pointer session, @Nullable Pointer channel);

  /** The length of a buffer that takes any request of a channel. */
  @size_t
  long fuse_chan_bufsize(Pointer channel);

  /**
   * Waits for a request.
   *
   * @param channel points to the channel; may be changed
   * @return the request's length; 0 when the mount has ended, else a negative errno
   */
  int fuse_chan_recv(Pointer channel, Pointer buffer, @size_t long size);

  /**
   * Makes a channel.
   *
   * @param operations a {@code struct fuse_chan_ops}, copied
   * @param descriptor kept for its operations
   * @param size the length of a buffer that takes any request
   */
  Pointer fuse_chan_new(
      Pointer operations, int descriptor, @size_t long size, @Nullable Pointer data);

  /**
   * Sends an answer through a channel.
   *
   * @param vectors so many {@code struct iovec}
   * @return 0 or a negative errno
   */
  int fuse_chan_send(Pointer channel, Pointer vectors, @size_t long count);

  /** Frees what fuse_chan_new made. */
  void fuse_chan_destroy(Pointer channel);

  /**
   * Answers a request, by the callbacks.
   *
   * @param channel where the answer goes
   */
  void fuse_session_process(Pointer session, Pointer buffer, @size_t long size, Pointer channel);

  /** Closes the channel, and unmounts if that has not happened yet. */
  void fuse_unmount(Pointer mountpoint, Pointer channel);

  /** Frees what fuse_setup made. */
  void fuse_destroy(Pointer fuse);

  /** free(3), found through libfuse. */
  void free(Pointer memory);
}
