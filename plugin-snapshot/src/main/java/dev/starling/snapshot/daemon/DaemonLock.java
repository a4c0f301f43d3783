package dev.starling.snapshot.daemon;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Held while a daemon lives, by the process: it ends with it, however that ends. Its file tells
 * which process that is.
 */
public final class DaemonLock implements Closeable {

  private final FileChannel channel;

  private DaemonLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock, or gives null if another daemon has it. */
  public static @Nullable DaemonLock tryTake(DaemonPlaces places) throws IOException {
    Files.createDirectories(places.snapshots());
    FileChannel channel =
        FileChannel.open(places.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
        channel.truncate(0).write(ByteBuffer.wrap(pid));
        return new DaemonLock(channel);
      }
    } catch (OverlappingFileLockException e) {
      // this very process has it
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    return null;
  }

  /** The daemon that has the lock; none if nobody has it, or it does not tell. */
  public static Optional<ProcessHandle> holder(DaemonPlaces places) throws IOException {
    try (DaemonLock free = tryTake(places)) {
      String pid = free == null ? Files.readString(places.lock()) : "";
      return pid.matches("\\d{1,10}") ? ProcessHandle.of(Long.parseLong(pid)) : Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
