package dev.starling.fuse.libfuse;

import dev.starling.fuse.MountOptions;
import dev.starling.fuse.binding.PathCallbacks.OfAttribute;
import dev.starling.fuse.binding.PathCallbacks.OfContent;
import dev.starling.fuse.binding.PathCallbacks.OfDirectory;
import dev.starling.fuse.binding.PathCallbacks.OfFile;
import dev.starling.fuse.binding.PathCallbacks.ToBuffer;
import dev.starling.fuse.binding.SendReply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.Struct;
import jnr.ffi.provider.ClosureManager;
import org.jspecify.annotations.Nullable;
import ru.serce.jnrfuse.struct.FuseOperations;

/**
 * The functions that libfuse calls, each an answer of {@link Operations}. Nothing that is thrown
 * gets past {@link #answer}: beyond it are C frames.
 */
final class Callbacks {
  /** Offsets in {@code fuse_conn_info} (libfuse 2's fuse_common.h). */
  private static final int MAX_READAHEAD = 16;

  private static final int MAX_BACKGROUND = 28;
  private static final int CONGESTION_THRESHOLD = 32;

  /** An answer in the making. */
  @FunctionalInterface
  private interface Call {
    int run(String path) throws IOException;
  }

  private final Operations<?> operations;
  private final MountOptions options;
  private final Runnable ready;
  private final List<Object> bound = new ArrayList<>();

  /**
   * @param ready run when the kernel and libfuse have agreed, just before the first request
   */
  Callbacks(Operations<?> operations, MountOptions options, Runnable ready) {
    this.operations = operations;
    this.options = options;
    this.ready = ready;
  }

  /**
   * Has the classes made through which libfuse calls, one for each kind of function: the first
   * mount would wait for them.
   */
  static void prepare() {
    ReadOnlyAnswers.bindTo(new FuseOperations(Runtime.getSystemRuntime()));
    ClosureManager closures = Runtime.getSystemRuntime().getClosureManager();
    OfFile ofFile = (_, _) -> 0;
    ToBuffer toBuffer = (_, _, _) -> 0;
    OfAttribute ofAttribute = (_, _, _, _) -> 0;
    OfContent ofContent = (_, _, _, _, _) -> 0;
    OfDirectory ofDirectory = (_, _, _, _, _) -> 0;
    closures.getClosurePointer(OfFile.class, ofFile);
    closures.getClosurePointer(ToBuffer.class, toBuffer);
    closures.getClosurePointer(OfAttribute.class, ofAttribute);
    closures.getClosurePointer(OfContent.class, ofContent);
    SendReply sendReply = (_, _, _) -> 0;
    closures.getClosurePointer(OfDirectory.class, ofDirectory);
    closures.getClosurePointer(SendReply.class, sendReply);
  }

  /**
   * Puts them into libfuse's table. They live as long as this object: jnr-ffi frees what nobody
   * holds.
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
        (path, stat) -> answer("lookup", path, name -> operations.attributes(name, stat)));
    bind(
        functions,
        table.open.offset(),
        OfFile.class,
        (path, info) -> answer("open", path, name -> operations.open(name, info)));
    bind(
        functions,
        table.statfs.offset(),
        OfFile.class,
        (path, buffer) -> answer("statfs", path, _ -> operations.usage(buffer)));
    bind(
        functions,
        table.readlink.offset(),
        ToBuffer.class,
        (path, buffer, size) ->
            answer("readlink", path, name -> operations.readLink(name, buffer, size)));
    bind(
        functions,
        table.listxattr.offset(),
        ToBuffer.class,
        (path, list, size) ->
            answer("listxattr", path, name -> operations.extendedAttributes(name, list, size)));
    bind(
        functions,
        table.getxattr.offset(),
        OfAttribute.class,
        (path, attribute, value, size) ->
            answer(
                "getxattr",
                path,
                name -> operations.extendedAttribute(name, Names.decode(attribute), value, size)));
    bind(
        functions,
        table.read.offset(),
        OfContent.class,
        (path, buffer, size, offset, info) ->
            answer("read", path, name -> operations.read(name, buffer, size, offset)));
    bind(
        functions,
        table.readdir.offset(),
        OfDirectory.class,
        (path, buffer, filler, offset, info) ->
            answer(
                "readdir",
                path,
                name -> operations.list(name, new DirectoryFiller(buffer, filler))));
  }

  private <T> void bind(Pointer table, long offset, Class<T> type, T callback) {
    bound.add(callback);
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
}
