package dev.starling.optimize.trace;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A part of a file, opened when it is first read. Used by one thread. */
final class KeptPart extends InputStream {

  private final Path file;
  private final long end;
  private long at;
  private @Nullable FileChannel channel;

  KeptPart(Path file, long start, long end) {
    this.file = file;
    this.at = start;
    this.end = end;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (at >= end) {
      return -1;
    }
    FileChannel open = channel;
    if (open == null) {
      open = FileChannel.open(file, StandardOpenOption.READ);
      channel = open;
    }
    int wanted = (int) Math.min(length, end - at);
    int read = open.read(ByteBuffer.wrap(buffer, offset, wanted), at);
    if (read < 0) {
      throw new EOFException(file + " ends before " + end);
    }
    at += read;
    return read;
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
