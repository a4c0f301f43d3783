package dev.starling.api.internal.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An exclusive lock on a file, between processes and between the threads of this one. {@link
 * #acquire} is reentrant within a thread. A lock file must be opened by this class only: POSIX
 * locks belong to the process, and closing any of its descriptors of a file gives up its lock.
 */
public final class PathLock implements Closeable {

  /**
   * The files this process has locked. Static because the operating system's locks are the
   * process's, too: two objects that knew nothing of each other would take each other's lock away.
   */
  private static final Map<Path, Held> HELD = new HashMap<>();

  private static final class Held {
    final Thread owner;
    @Nullable FileChannel channel;
    int depth;

    Held(Thread owner) {
      this.owner = owner;
    }
  }

  private final Path key;
  private final Held held;
  private final FileChannel channel;
  private boolean closed;

  private PathLock(Path key, Held held, FileChannel channel) {
    this.key = key;
    this.held = held;
    this.channel = channel;
  }

  /**
   * Locks the file, which is created if missing, and waits as long as another thread or process has
   * it. The thread that acquires it closes it.
   */
  public static PathLock acquire(Path file) throws IOException {
    Path key = keyOf(file);
    Held held = claim(key);
    FileChannel channel = held.channel;
    if (channel != null) {
      return new PathLock(key, held, channel);
    }
    try {
      channel = openForLocking(file);
      try {
        channel.lock();
        return opened(key, held, channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      release(key, held);
      throw e;
    }
  }

  /** Locks the file, which is created if missing; null if another thread or process has it. */
  public static @Nullable PathLock tryAcquire(Path file) throws IOException {
    Path key = keyOf(file);
    Held held = new Held(Thread.currentThread());
    synchronized (HELD) {
      if (HELD.putIfAbsent(key, held) != null) {
        return null;
      }
      held.depth = 1;
    }
    boolean locked = false;
    try {
      FileChannel channel = openForLocking(file);
      try {
        locked = channel.tryLock() != null;
        return locked ? opened(key, held, channel) : null;
      } finally {
        if (!locked) {
          channel.close();
        }
      }
    } finally {
      if (!locked) {
        release(key, held);
      }
    }
  }

  /** The content of a file that may be some thread's lock at this moment. */
  public static byte[] readLockable(Path file) throws IOException {
    Path key = keyOf(file);
    Held held = claim(key);
    try {
      if (held.channel != null) {
        throw new IllegalStateException(file + " is read by the thread that has it locked");
      }
      return Files.readAllBytes(file);
    } finally {
      release(key, held);
    }
  }

  /** The locked file, open for reading and writing; closed with the lock. */
  public FileChannel channel() {
    return channel;
  }

  /** Gives the lock up. May be called from another thread than the one that got it by trying. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    boolean last;
    synchronized (HELD) {
      last = held.depth == 1;
    }
    try {
      if (last) {
        channel.close();
      }
    } finally {
      release(key, held);
    }
  }

  private static PathLock opened(Path key, Held held, FileChannel channel) {
    held.channel = channel;
    return new PathLock(key, held, channel);
  }

  private static FileChannel openForLocking(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static Held claim(Path key) throws IOException {
    Thread me = Thread.currentThread();
    synchronized (HELD) {
      while (true) {
        Held held = HELD.computeIfAbsent(key, k -> new Held(me));
        if (held.owner.equals(me)) {
          held.depth++;
          return held;
        }
        try {
          HELD.wait();
        } catch (InterruptedException e) {
          me.interrupt();
          throw (IOException) new InterruptedIOException("waiting for " + key).initCause(e);
        }
      }
    }
  }

  private static void release(Path key, Held held) {
    synchronized (HELD) {
      if (--held.depth == 0) {
        HELD.remove(key);
        HELD.notifyAll();
      }
    }
  }

  private static Path keyOf(Path file) throws IOException {
    Path absolute = file.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    Path name = absolute.getFileName();
    if (parent == null || name == null) {
      throw new IllegalArgumentException(file + " is not a file that can be locked");
    }
    return parent.toRealPath().resolve(name);
  }
}
