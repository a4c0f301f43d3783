package dev.starling.api.content;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * A blob that can be read at any offset. Thread-safe: reads carry their own position. Content read
 * through it is not verified against the blob's digest; the reader checks what it uses.
 */
public interface RandomAccessBlob extends Closeable {

  /** The blob's length in bytes. */
  long size() throws IOException;

  /**
   * Reads at most {@code target.remaining()} bytes from {@code offset}.
   *
   * @param offset 0 or more, in bytes
   * @return the number of bytes read, at least 1 unless the target is full already, or -1 at or
   *     beyond the end
   */
  int readAt(ByteBuffer target, long offset) throws IOException;

  /**
   * Reads until the target is full.
   *
   * @throws java.io.EOFException if the blob ends before that
   */
  default void readFully(ByteBuffer target, long offset) throws IOException {
    long at = offset;
    while (target.hasRemaining()) {
      int read = readAt(target, at);
      if (read < 0) {
        throw new java.io.EOFException(
            "blob ends at " + size() + "; " + target.remaining() + " more bytes expected at " + at);
      }
      at += read;
    }
  }

  /**
   * A part of the blob as a stream. A blob that is fetched takes one request for it, whatever the
   * reader's buffer, so this is the way to read much. Closing it leaves the blob open.
   *
   * @param offset 0 or more, in bytes
   * @param length in bytes; 0 gives an empty stream
   * @return the bytes, fewer if the blob ends before that; nothing is verified
   */
  default InputStream openRange(long offset, long length) throws IOException {
    return new RangeInput(this, offset, length);
  }
}
