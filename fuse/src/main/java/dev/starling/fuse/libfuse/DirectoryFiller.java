package dev.starling.fuse.libfuse;

import dev.starling.fuse.NodeType;
import dev.starling.fuse.ReadOnlyFileSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.Struct;
import jnr.ffi.provider.jffi.ClosureHelper;
import ru.serce.jnrfuse.FuseFillDir;
import ru.serce.jnrfuse.struct.FileStat;

/** Hands the entries of one directory to libfuse, which collects them. For one thread. */
final class DirectoryFiller implements ReadOnlyFileSystem.EntrySink, AutoCloseable {
  /** In bytes; the kernel asks for no longer name. */
  private static final int MAX_NAME = 1024;

  private final Pointer buffer;
  private final FuseFillDir filler;
  private final FileStat stat;
  private final Pointer statMemory;
  private final Arena arena = Arena.ofConfined();
  private final ByteBuffer name = arena.allocate(MAX_NAME + 1).asByteBuffer();

  /**
   * @param buffer what libfuse wants back
   * @param filler its function
   */
  DirectoryFiller(Pointer buffer, Pointer filler) {
    this.buffer = buffer;
    ClosureHelper closures = ClosureHelper.getInstance();
    this.filler =
        closures
            .getNativeConveter(FuseFillDir.class)
            .fromNative(filler, closures.getFromNativeContext());
    Runtime runtime = Runtime.getSystemRuntime();
    this.stat = new FileStat(runtime);
    this.statMemory =
        Pointer.wrap(runtime, arena.allocate(Struct.size(stat), Long.BYTES).address());
    stat.useMemory(statMemory);
  }

  /** The entries that every directory has. */
  void dots(long inode) {
    add(".", inode, NodeType.DIRECTORY);
    add("..", inode, NodeType.DIRECTORY);
  }

  @Override
  public void accept(String entry, long inode, NodeType type) {
    if (entry.isEmpty()
        || entry.equals(".")
        || entry.equals("..")
        || entry.indexOf('/') >= 0
        || entry.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("no name for an entry: " + entry);
    }
    add(entry, inode, type);
  }

  private void add(String entry, long inode, NodeType type) {
    byte[] bytes = Names.encode(entry);
    if (bytes.length > MAX_NAME) {
      return; // it cannot be looked up either
    }
    name.clear().put(bytes).put((byte) 0).flip();
    NativeStat.write(inode, type, stat);
    if (filler.apply(buffer, name, statMemory, 0) != 0) {
      throw new UncheckedIOException(new IOException("no memory for the directory"));
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
