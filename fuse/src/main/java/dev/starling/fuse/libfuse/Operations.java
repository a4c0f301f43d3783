package dev.starling.fuse.libfuse;

import dev.starling.fuse.Attributes;
import dev.starling.fuse.NodeType;
import dev.starling.fuse.OpenListener;
import dev.starling.fuse.ReadOnlyFileSystem;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;
import ru.serce.jnrfuse.struct.Statvfs;

/**
 * Answers libfuse's calls from a file system: a length or zero, or a negative errno. What is thrown
 * is the business of {@link Callbacks}.
 */
final class Operations<N> {
  private static final int BLOCK = 4096;
  private static final int NAME_MAX = 255;
  private static final int ACCESS_MODE = 3;

  private final ReadOnlyFileSystem<N> files;
  private final @Nullable OpenListener opens;
  private final PathResolver<N> paths;

  /**
   * @param opens told of every opening; null if there is to be none
   */
  Operations(ReadOnlyFileSystem<N> files, @Nullable OpenListener opens) {
    this.files = files;
    this.opens = opens;
    this.paths = new PathResolver<>(files);
  }

  int attributes(String path, Pointer stat) throws IOException {
    N node = paths.resolve(path);
    if (node == null) {
      return Errno.ENOENT.answer();
    }
    NativeStat.write(files.attributes(node), stat);
    return 0;
  }

  int readLink(String path, Pointer buffer, long size) throws IOException {
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
  int open(String path, Pointer info) {
    if (opens == null) {
      return Errno.ENOSYS.answer();
    }
    if ((info.getInt(0) & ACCESS_MODE) != 0) {
      return Errno.EROFS.answer();
    }
    opens.opened(path);
    return 0;
  }

  @SuppressWarnings("restricted") // the bounds are those that libfuse gives
  int read(String path, Pointer buffer, long size, long offset) throws IOException {
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

  int list(String path, DirectoryFiller filler) throws IOException {
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

  int extendedAttribute(String path, String name, Pointer value, long size) throws IOException {
    N node = paths.resolve(path);
    if (node == null) {
      return Errno.ENOENT.answer();
    }
    byte[] bytes = files.extendedAttribute(node, name);
    return bytes == null ? Errno.ENODATA.answer() : fit(bytes, value, size);
  }

  int extendedAttributes(String path, Pointer list, long size) throws IOException {
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

  int usage(Pointer buffer) {
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
