package dev.starling.fuse.libfuse;

import dev.starling.fuse.Attributes;
import dev.starling.fuse.MountOptions;
import dev.starling.fuse.NodeType;
import dev.starling.fuse.OpenListener;
import dev.starling.fuse.ReadOnlyFileSystem;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;
import ru.serce.jnrfuse.struct.FuseOperations;
import ru.serce.jnrfuse.struct.Statvfs;

/**
 * Answers libfuse's calls from a file system: a length or zero, or a negative errno. Nothing that
 * is thrown gets past {@link #answer}: beyond it are C frames.
 */
final class Operations<N> {
  private static final int BLOCK = 4096;
  private static final int NAME_MAX = 255;
  private static final int ACCESS_MODE = 3;

  /** Offsets in {@code fuse_conn_info} (libfuse 2's fuse_common.h). */
  private static final int MAX_READAHEAD = 16;

  private static final int MAX_BACKGROUND = 28;
  private static final int CONGESTION_THRESHOLD = 32;

  /** An answer in the making. */
  @FunctionalInterface
  private interface Call {
    int run() throws IOException;
  }

  private final ReadOnlyFileSystem<N> files;
  private final MountOptions options;
  private final PathResolver<N> paths;
  private final Runnable ready;

  /**
   * @param ready run when the kernel and libfuse have agreed, just before the first request
   */
  Operations(ReadOnlyFileSystem<N> files, MountOptions options, Runnable ready) {
    this.files = files;
    this.options = options;
    this.paths = new PathResolver<>(files);
    this.ready = ready;
  }

  /** Makes these the functions that libfuse calls. */
  void bindTo(FuseOperations table) {
    table.init.set(this::init);
    table.getattr.set((path, stat) -> answer("lookup", path, () -> attributes(path, stat)));
    table.readlink.set(
        (path, buffer, size) -> answer("readlink", path, () -> readLink(path, buffer, size)));
    table.open.set((path, info) -> answer("open", path, () -> open(path, info)));
    table.read.set((path, buffer, size, offset, info) ->
        answer("read", path, () -> read(path, buffer, size, offset)));
    table.readdir.set((path, buffer, filler, offset, info) ->
        answer("readdir", path, () -> list(path, new DirectoryFiller(buffer, filler))));
    table.getxattr.set((path, name, value, size) ->
        answer("getxattr", path, () -> extendedAttribute(path, name, value, size)));
    table.listxattr.set((path, list, size) ->
        answer("listxattr", path, () -> extendedAttributes(path, list, size)));
    table.statfs.set((path, buffer) -> answer("statfs", path, () -> usage(buffer)));
    // Permissions are the kernel's business or nobody's: told so, it stops asking.
    table.access.set((path, mask) -> Errno.ENOSYS.answer());
    ReadOnlyAnswers.bindTo(table);
  }

  private int answer(String operation, String path, Call call) {
    try {
      return call.run();
    } catch (Throwable cause) {
      report(operation, path, cause);
      return Errno.EIO.answer();
    }
  }

  private void report(String operation, String path, Throwable cause) {
    try {
      options.failures().failed(operation, path, cause);
    } catch (Throwable _) {
      // Whoever reads gets EIO in any case, and there is nobody left to tell.
    }
  }

  private @Nullable Pointer init(Pointer connection) {
    int offered = connection.getInt(MAX_READAHEAD);
    connection.putInt(MAX_READAHEAD, Math.min(offered, options.readAhead() * 1024));
    connection.putInt(MAX_BACKGROUND, 64);
    connection.putInt(CONGESTION_THRESHOLD, 48);
    ready.run();
    return null;
  }

  private int attributes(String path, Pointer stat) throws IOException {
    N node = paths.resolve(path);
    if (node == null) {
      return Errno.ENOENT.answer();
    }
    NativeStat.write(files.attributes(node), stat);
    return 0;
  }

  private int readLink(String path, Pointer buffer, long size) throws IOException {
    N node = paths.resolve(path);
    if (node == null) {
      return Errno.ENOENT.answer();
    }
    byte[] target = files.readLink(node).getBytes(StandardCharsets.UTF_8);
    int length = (int) Math.min(target.length, size - 1);
    buffer.put(0, target, 0, length);
    buffer.putByte(length, (byte) 0);
    return 0;
  }

  /** Without a listener the kernel is told that there is no such call, and never asks again. */
  private int open(String path, Pointer info) {
    OpenListener listener = options.opens();
    if (listener == null) {
      return Errno.ENOSYS.answer();
    }
    if ((info.getInt(0) & ACCESS_MODE) != 0) {
      return Errno.EROFS.answer();
    }
    listener.opened(path);
    return 0;
  }

  @SuppressWarnings("restricted") // the bounds are those that libfuse gives
  private int read(String path, Pointer buffer, long size, long offset) throws IOException {
    N node = paths.resolve(path);
    if (node == null) {
      return Errno.ENOENT.answer();
    }
    Attributes attributes = files.attributes(node);
    if (attributes.type() != NodeType.REGULAR || offset < 0) {
      return Errno.EINVAL.answer();
    }
    int wanted = (int) Math.min(size, attributes.size() - offset);
    if (wanted <= 0) {
      return 0;
    }
    // The arena ends with the call, so that a file system that keeps the buffer cannot write to it.
    try (Arena arena = Arena.ofConfined()) {
      ByteBuffer target =
          MemorySegment.ofAddress(buffer.address()).reinterpret(wanted, arena, null).asByteBuffer();
      files.read(node, offset, target);
      if (target.hasRemaining()) {
        throw new IOException(
            "got " + target.position() + " bytes at " + offset + ", expected " + wanted);
      }
    }
    return wanted;
  }

  private int list(String path, DirectoryFiller filler) throws IOException {
    N node = paths.resolve(path);
    if (node == null) {
      return Errno.ENOENT.answer();
    }
    try (filler) {
      filler.dots(files.attributes(node).inode());
      files.list(node, filler);
    }
    return 0;
  }

  private int extendedAttribute(String path, String name, Pointer value, long size)
      throws IOException {
    N node = paths.resolve(path);
    if (node == null) {
      return Errno.ENOENT.answer();
    }
    byte[] bytes = files.extendedAttribute(node, name);
    return bytes == null ? Errno.ENODATA.answer() : fit(bytes, value, size);
  }

  private int extendedAttributes(String path, Pointer list, long size) throws IOException {
    N node = paths.resolve(path);
    if (node == null) {
      return Errno.ENOENT.answer();
    }
    StringBuilder names = new StringBuilder();
    for (String name : files.extendedAttributes(node)) {
      names.append(name).append('\0');
    }
    return fit(names.toString().getBytes(StandardCharsets.UTF_8), list, size);
  }

  /** A size of zero asks for the length. */
  private static int fit(byte[] bytes, Pointer target, long size) {
    if (size == 0) {
      return bytes.length;
    }
    if (size < bytes.length) {
      return Errno.ERANGE.answer();
    }
    target.put(0, bytes, 0, bytes.length);
    return bytes.length;
  }

  private int usage(Pointer buffer) {
    ReadOnlyFileSystem.Usage usage = files.usage();
    Statvfs statvfs = Statvfs.of(buffer);
    statvfs.f_bsize.set(BLOCK);
    statvfs.f_frsize.set(BLOCK);
    statvfs.f_blocks.set(Math.ceilDiv(usage.bytes(), BLOCK));
    statvfs.f_files.set(usage.files());
    statvfs.f_namemax.set(NAME_MAX);
    return 0;
  }
}
