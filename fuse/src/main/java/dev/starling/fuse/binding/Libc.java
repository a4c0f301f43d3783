package dev.starling.fuse.binding;

import jnr.ffi.Pointer;

/** The C library; failures are -1, with errno kept by jnr-ffi. */
@SuppressWarnings("MethodName") // named as in C
public interface Libc {
  /** umount2(2). */
  int umount2(String target, int flags);

  /** statfs(2); for FUSE it is always asked of the server. */
  int statfs(String path, Pointer buffer);
}
