package dev.starling.fuse.binding;

import jnr.ffi.Pointer;
import jnr.ffi.annotations.Delegate;
import jnr.ffi.types.off_t;
import jnr.ffi.types.size_t;

/**
 * The callbacks of {@code fuse_operations} that are about a file, with paths as libfuse has them:
 * jnr-fuse's own take strings, which cannot hold a name that is no UTF-8.
 */
public interface PathCallbacks {
  /** getattr, open, statfs: with what the answer goes into. */
  interface OfFile {
    @Delegate
    int call(Pointer path, Pointer target);
  }

  /** readlink, listxattr. */
  interface ToBuffer {
    @Delegate
    int call(Pointer path, Pointer buffer, @size_t long size);
  }

  /** getxattr. */
  interface OfAttribute {
    @Delegate
    int call(Pointer path, Pointer name, Pointer value, @size_t long size);
  }

  /** read. */
  interface OfContent {
    @Delegate
    int call(Pointer path, Pointer buffer, @size_t long size, @off_t long offset, Pointer info);
  }

  /** readdir. */
  interface OfDirectory {
    @Delegate
    int call(Pointer path, Pointer buffer, Pointer filler, @off_t long offset, Pointer info);
  }
}
