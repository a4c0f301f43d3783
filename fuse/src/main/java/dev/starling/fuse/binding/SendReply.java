package dev.starling.fuse.binding;

import jnr.ffi.Pointer;
import jnr.ffi.annotations.Delegate;
import jnr.ffi.types.size_t;

/** The {@code send} of {@code struct fuse_chan_ops} (libfuse 2's fuse_lowlevel.h). */
public interface SendReply {
  /**
   * Sends an answer to the kernel.
   *
   * @param vectors so many {@code struct iovec}, its header first
   * @return 0 or a negative errno
   */
  @Delegate
  int call(Pointer channel, Pointer vectors, @size_t long count);
}
