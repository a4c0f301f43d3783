package dev.starling.api.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A blob that is a file of this machine. Thread-safe. */
public final class FileBlob implements RandomAccessBlob {

  private final FileChannel channel;
  private final long size;

  private FileBlob(FileChannel channel, long size) {
    this.channel = channel;
    this.size = size;
  }

  /** Opens the file, whose size must not change from then on. */
  public static FileBlob open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return new FileBlob(channel, channel.size());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int readAt(ByteBuffer target, long offset) throws IOException {
    if (offset < 0) {
      throw new IllegalArgumentException("offset " + offset + " is negative");
    }
    if (offset >= size) {
      return -1;
    }
    return target.hasRemaining() ? channel.read(target, offset) : 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
