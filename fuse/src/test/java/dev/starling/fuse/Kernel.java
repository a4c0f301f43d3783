package dev.starling.fuse;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** System calls that Java has no methods for; a failure is its errno, negative. */
@SuppressWarnings("restricted") // signatures as in the manual pages
final class Kernel {
  static final int EIO = 5;
  static final int EROFS = 30;
  static final int ERANGE = 34;
  static final int ENODATA = 61;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final MethodHandle GETXATTR =
      function("lgetxattr", ValueLayout.ADDRESS, ValueLayout.ADDRESS);
  private static final MethodHandle LISTXATTR = function("llistxattr", ValueLayout.ADDRESS);
  private static final MethodHandle REMOVEXATTR =
      LINKER.downcallHandle(
          LINKER.defaultLookup().find("removexattr").orElseThrow(),
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS),
          ERRNO);

  private Kernel() {}

  private static MethodHandle function(String name, MemoryLayout... first) {
    FunctionDescriptor descriptor =
        FunctionDescriptor.of(ValueLayout.JAVA_LONG, first)
            .appendArgumentLayouts(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
    return LINKER.downcallHandle(
        LINKER.defaultLookup().find(name).orElseThrow(), descriptor, ERRNO);
  }

  private static long result(long value, MemorySegment state) {
    return value >= 0 ? value : -state.get(ValueLayout.JAVA_INT, 0);
  }

  /** getxattr(2): the length of the value, as much of which as fits is put into {@code value}. */
  static long getxattr(Path path, String name, byte[] value) throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
      MemorySegment target = arena.allocate(Math.max(1, value.length));
      long length =
          (long)
              GETXATTR.invokeExact(
                  state,
                  arena.allocateFrom(path.toString()),
                  arena.allocateFrom(name),
                  target,
                  (long) value.length);
      MemorySegment.copy(target, ValueLayout.JAVA_BYTE, 0, value, 0, value.length);
      return result(length, state);
    }
  }

  /** listxattr(2). */
  static long listxattr(Path path, byte[] list) throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
      MemorySegment target = arena.allocate(Math.max(1, list.length));
      long length =
          (long)
              LISTXATTR.invokeExact(
                  state, arena.allocateFrom(path.toString()), target, (long) list.length);
      MemorySegment.copy(target, ValueLayout.JAVA_BYTE, 0, list, 0, list.length);
      return result(length, state);
    }
  }

  /** removexattr(2). */
  static long removexattr(Path path, String name) throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
      int done =
          (int)
              REMOVEXATTR.invokeExact(
                  state, arena.allocateFrom(path.toString()), arena.allocateFrom(name));
      return result(done, state);
    }
  }
}
