package dev.starling.api.registry;

import dev.starling.api.content.RandomAccessBlob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A registry's blob at random offsets, one request for each read. Thread-safe. */
final class RangeBlob implements RandomAccessBlob {

  private static final int COPY_BUFFER = 64 * 1024;

  private final BlobReader reader;
  private volatile boolean closed;

  RangeBlob(BlobReader reader) {
    this.reader = reader;
  }

  @Override
  public long size() {
    return reader.blob().size();
  }

  /** Reads all that the target has room for, up to the blob's end. */
  @Override
  public int readAt(ByteBuffer target, long offset) throws IOException {
    if (offset < 0) {
      throw new IllegalArgumentException("a blob has no byte " + offset);
    }
    requireOpen();
    if (!target.hasRemaining()) {
      return 0;
    }
    long end = Math.min(size(), offset + target.remaining());
    if (offset >= end) {
      return -1;
    }
    int total = 0;
    try (InputStream in =
        new ResumingStream(reader, reader.open(offset, end), offset, end, () -> {})) {
      byte[] buffer = new byte[(int) Math.min(COPY_BUFFER, end - offset)];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        target.put(buffer, 0, read);
        total += read;
      }
    }
    return total;
  }

  /** One request for all of it; a break is taken up where it was. */
  @Override
  public InputStream openRange(long offset, long length) throws IOException {
    requireOpen();
    long end = length > size() - offset ? size() : offset + length;
    return offset >= end
        ? InputStream.nullInputStream()
        : new ResumingStream(reader, reader.open(offset, end), offset, end, () -> {});
  }

  private void requireOpen() throws IOException {
    if (closed) {
      throw new IOException("the blob is closed");
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
