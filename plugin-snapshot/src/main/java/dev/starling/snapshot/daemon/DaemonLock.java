package dev.starling.snapshot.daemon;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Held while a daemon lives, by the process: it ends with it, however that ends. */
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

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
