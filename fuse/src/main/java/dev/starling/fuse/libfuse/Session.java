package dev.starling.fuse.libfuse;

import dev.starling.fuse.Mount;
import dev.starling.fuse.MountBusyException;
import dev.starling.fuse.MountEntry;
import dev.starling.fuse.MountOptions;
import dev.starling.fuse.MountTable;
import dev.starling.fuse.ReadOnlyFileSystem;
import dev.starling.fuse.binding.Libfuse;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.Struct;
import ru.serce.jnrfuse.struct.FuseOperations;

/** One mount, served by its {@link Workers} until the kernel says that the last user has gone. */
final class Session implements Mount {
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration END_LIMIT = Duration.ofSeconds(1);

  private final Libfuse libfuse;
  private final Path directory;
  private final CountDownLatch ready = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private String device = "";
  private boolean unmounted;

  private Session(Libfuse libfuse, Path directory) {
    this.libfuse = libfuse;
    this.directory = directory;
  }

  /**
   * @param directory absolute and real
   * @param root whether the process mounts by itself
   */
  static <N> Session start(
      Libfuse libfuse,
      ReadOnlyFileSystem<N> files,
      Path directory,
      MountOptions options,
      boolean root)
      throws IOException {
    Session session = new Session(libfuse, directory);
    FuseOperations table = new FuseOperations(Runtime.getSystemRuntime());
    Callbacks callbacks =
        new Callbacks(new Operations<>(files, options.opens()), options, session.ready::countDown);
    callbacks.bindTo(table);
    session.mount(callbacks, table, Arguments.of(options, directory, root));
    session.awaitReady();
    session.device = MountTable.current().on(directory).map(MountEntry::device).orElse("");
    return session;
  }

  private void mount(Callbacks callbacks, FuseOperations table, String[] arguments)
      throws IOException {
    Runtime runtime = Runtime.getSystemRuntime();
    Pointer mountPoint = Memory.allocateDirect(runtime, runtime.addressSize(), true);
    Pointer threads = Memory.allocateDirect(runtime, Integer.BYTES, true);
    Pointer fuse =
        libfuse.fuse_setup(
            arguments.length, arguments, table, Struct.size(table), mountPoint, threads, null);
    if (fuse == null) {
      throw new IOException(
          "cannot mount on "
              + directory
              + ": libfuse's reason is on stderr; its arguments were "
              + String.join(" ", arguments));
    }
    Pointer session = libfuse.fuse_get_session(fuse);
    Pointer channel = libfuse.fuse_session_next_chan(session, null);
    Workers workers = new Workers(libfuse, session, channel, "fuse " + directory);
    Thread.ofPlatform()
        .daemon()
        .name("fuse " + directory)
        .start(() -> {
          try {
            workers.serve();
            // Closes the channel; where the kernel has unmounted already it does nothing else.
            libfuse.fuse_unmount(mountPoint.getPointer(0), channel);
            libfuse.fuse_destroy(fuse);
            libfuse.free(mountPoint.getPointer(0));
          } finally {
            // libfuse called through them up to here.
            Reference.reachabilityFence(table);
            Reference.reachabilityFence(callbacks);
            ended.countDown();
          }
        });
  }

  private void awaitReady() throws IOException {
    try {
      // The second waits for the kernel to have read what libfuse answered.
      if (ready.await(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
          && !Unmounting.load().isDead(directory)) {
        return;
      }
      Unmounting.load().detach(directory);
      throw new IOException(
          "cannot mount on " + directory + ": the kernel did not answer in " + START_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      Unmounting.load().detach(directory);
      throw new IOException("interrupted while mounting on " + directory, e);
    }
  }

  /** {@code major:minor} of the mount; empty if it went away at once. */
  String device() {
    return device;
  }

  @Override
  public Path directory() {
    return directory;
  }

  @Override
  public boolean isServing() {
    return ended.getCount() > 0;
  }

  @Override
  public boolean awaitEnd(Duration limit) throws InterruptedException {
    return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public synchronized void unmount() throws IOException {
    if (isMounted()) {
      Unmounting.load().unmount(directory);
      unmounted = true;
      awaitQuietly();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    try {
      unmount();
    } catch (MountBusyException e) {
      Unmounting.load().detach(directory);
      unmounted = true;
    }
  }

  /** False when somebody else unmounted it: what is on the directory now is not ours to end. */
  private boolean isMounted() throws IOException {
    if (unmounted || !isServing()) {
      return false;
    }
    return MountTable.current()
        .on(directory)
        .map(entry -> entry.device().equals(device))
        .orElse(false);
  }

  /** So that the directory and the memory are free when the call returns, as far as can be. */
  private void awaitQuietly() {
    try {
      // Another mount namespace may still hold it: then it is served on.
      awaitEnd(END_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
