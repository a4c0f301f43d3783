package dev.starling.api.estargz;

import dev.starling.api.content.BlobContent;
import dev.starling.api.content.RandomAccessBlob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** A blob in memory. */
@SuppressWarnings("ArrayRecordComponent") // a fixture, never compared
record BytesBlob(byte[] bytes) implements RandomAccessBlob {

  static BytesBlob of(Path file) {
    try {
      return new BytesBlob(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public int readAt(ByteBuffer target, long offset) {
    if (offset >= bytes.length) {
      return -1;
    }
    int count = (int) Math.min(target.remaining(), bytes.length - offset);
    target.put(bytes, (int) offset, count);
    return count;
  }

  /** The same for reading in order. */
  BlobContent content() {
    return offset -> new ByteArrayInputStream(bytes, Math.toIntExact(offset), bytes.length);
  }

  @Override
  public void close() {}
}
