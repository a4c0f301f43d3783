package dev.starling.fuse.libfuse;

import dev.starling.fuse.binding.Libfuse;
import dev.starling.fuse.binding.SendReply;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/**
 * Has the kernel keep what a directory lists, so that it asks once: nothing changes in a mount.
 * libfuse 2 knows no such answer to OPENDIR, so these requests are answered through a channel of
 * our own, which adds it on the way. A kernel before Linux 4.20 asks each time.
 */
final class KeptListings implements AutoCloseable {
  /** The numbers and offsets of linux/fuse.h. */
  private static final int OPENDIR = 27;

  private static final int OPCODE = 4;
  private static final int OPEN_FLAGS = 8;
  private static final int KEEP_CACHE = 1 << 1;
  private static final int CACHE_DIR = 1 << 3;

  /** An answer's header alone tells of an error. */
  private static final int COMPLETE = 2;

  private final Libfuse libfuse;
  private final Pointer channel;
  private final SendReply send;
  private final Pointer adding;

  /**
   * @param channel where all answers go in the end; outlives this
   */
  KeptListings(Libfuse libfuse, Pointer channel) {
    this.libfuse = libfuse;
    this.channel = channel;
    this.send = this::send;
    Runtime runtime = Runtime.getSystemRuntime();
    int word = runtime.addressSize();
    // struct fuse_chan_ops: receive, send, destroy; copied by the call.
    Pointer functions = Memory.allocateDirect(runtime, 3 * word, true);
    functions.putPointer(
        word, runtime.getClosureManager().getClosurePointer(SendReply.class, send));
    this.adding = libfuse.fuse_chan_new(functions, -1, libfuse.fuse_chan_bufsize(channel), null);
  }

  /** The channel through which a request is to be answered. */
  Pointer channelFor(Pointer request) {
    return request.getInt(OPCODE) == OPENDIR ? adding : channel;
  }

  private int send(Pointer from, Pointer vectors, long count) {
    if (count == COMPLETE) {
      int word = Runtime.getSystemRuntime().addressSize();
      // The second struct iovec has the struct fuse_open_out.
      Pointer opened = vectors.getPointer(2L * word);
      opened.putInt(OPEN_FLAGS, opened.getInt(OPEN_FLAGS) | KEEP_CACHE | CACHE_DIR);
    }
    return libfuse.fuse_chan_send(channel, vectors, count);
  }

  @Override
  public void close() {
    libfuse.fuse_chan_destroy(adding);
  }
}
