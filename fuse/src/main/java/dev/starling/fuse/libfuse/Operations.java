package dev.starling.fuse.libfuse;

import dev.starling.fuse.Attributes;
import dev.starling.fuse.MountOptions;
import dev.starling.fuse.NodeType;
import dev.starling.fuse.OpenListener;
import dev.starling.fuse.ReadOnlyFileSystem;
import dev.starling.fuse.binding.PathCallbacks.OfAttribute;
import dev.starling.fuse.binding.PathCallbacks.OfContent;
import dev.starling.fuse.binding.PathCallbacks.OfDirectory;
import dev.starling.fuse.binding.PathCallbacks.OfFile;
import dev.starling.fuse.binding.PathCallbacks.ToBuffer;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.Struct;
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
    int run(String path) throws IOException;
  }

  private final ReadOnlyFileSystem<N> files;
  private final MountOptions options;
  private final PathResolver<N> paths;
  private final Runnable ready;
  private final List<Object> callbacks = new ArrayList<>();

  /**
   * @param ready run when the kernel and libfuse have agreed, just before the first request
   */
  Operations(ReadOnlyFileSystem<N> files, MountOptions options, Runnable ready) {
    this.files = files;
    this.options = options;
    this.paths = new PathResolver<>(files);
    this.ready = ready;
  }

  /**
   * Makes these the functions that libfuse calls. Keeps the callbacks reachable, without which
   * jnr-ffi frees them.
   */
  void bindTo(FuseOperations table) {
    table.init.set(this::init);
    // Permissions are the kernel's business or nobody's: told so, it stops asking.
    table.access.set((path, mask) -> Errno.ENOSYS.answer());
    ReadOnlyAnswers.bindTo(table);
    Pointer functions = Struct.getMemory(table);
    bind(
        functions,
        table.getattr.offset(),
        OfFile.class,
        (path, stat) -> answer("lookup", path, name -> attributes(name, stat)));
    bind(
        functions,
        table.open.offset(),
        OfFile.class,
        (path, info) -> answer("open", path, name -> open(name, info)));
    bind(
        functions,
        table.statfs.offset(),
        OfFile.class,
        (path, buffer) -> answer("statfs", path, _ -> usage(buffer)));
    bind(
        functions,
        table.readlink.offset(),
        ToBuffer.class,
        (path, buffer, size) -> answer("readlink", path, name -> readLink(name, buffer, size)));
    bind(
        functions,
        table.listxattr.offset(),
        ToBuffer.class,
        (path, list, size) ->
            answer("listxattr", path, name -> extendedAttributes(name, list, size)));
    bind(
        functions,
        table.getxattr.offset(),
        OfAttribute.class,
        (path, attribute, value, size) ->
            answer(
                "getxattr",
                path,
                name -> extendedAttribute(name, Names.decode(attribute), value, size)));
    bind(
        functions,
        table.read.offset(),
        OfContent.class,
        (path, buffer, size, offset, info) ->
            answer("read", path, name -> read(name, buffer, size, offset)));
    bind(
        functions,
        table.readdir.offset(),
        OfDirectory.class,
        (path, buffer, filler, offset, info) ->
            answer("readdir", path, name -> list(name, new DirectoryFiller(buffer, filler))));
  }

  private <T> void bind(Pointer table, long offset, Class<T> type, T callback) {
    callbacks.add(callback);
    table.putPointer(
        offset, Runtime.getSystemRuntime().getClosureManager().getClosurePointer(type, callback));
  }

  private int answer(String operation, Pointer path, Call call) {
    String name = "";
    try {
      name = Names.decode(path);
      return call.run(name);
    } catch (Throwable cause) {
      report(operation, name, cause);
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
    byte[] target = Names.encode(files.readLink(node));
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
    return fit(Names.encode(names.toString()), list, size);
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
