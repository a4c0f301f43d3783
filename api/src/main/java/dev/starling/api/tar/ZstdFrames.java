package dev.starling.api.tar;

import dev.starling.api.content.CorruptContentException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Passes zstd frames through and leaves out skippable ones, which the decompressor does not know;
 * zstd:chunked layers keep their table of contents in such frames. Bounds the window that a frame
 * may ask memory for. Not thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8878">RFC 8878</a>
 */
final class ZstdFrames extends InputStream {

  /** What the format asks every decoder to support. */
  private static final long MAX_WINDOW = 8L << 20;

  private static final int DISCARD = 8 << 10;
  private static final int MAGIC = 0xfd2fb528;
  private static final int SKIPPABLE = 0x184d2a50;

  private final InputStream in;
  private final byte[] pending = new byte[32];
  private int pendingNext;
  private int pendingEnd;
  private long blockRemaining;
  private boolean lastBlock;
  private boolean inFrame;
  private boolean checksum;
  private long consumed;

  ZstdFrames(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (pendingNext == pendingEnd && blockRemaining == 0) {
      if (!advance()) {
        return -1;
      }
    }
    if (pendingNext < pendingEnd) {
      int count = Math.min(length, pendingEnd - pendingNext);
      System.arraycopy(pending, pendingNext, target, offset, count);
      pendingNext += count;
      return count;
    }
    int read = in.read(target, offset, (int) Math.min(length, blockRemaining));
    if (read < 0) {
      throw truncated();
    }
    consumed += read;
    blockRemaining -= read;
    return read;
  }

  /** Goes on to the next header; false at the end of the data. */
  private boolean advance() throws IOException {
    pendingNext = 0;
    pendingEnd = 0;
    if (!inFrame) {
      return beginFrame();
    }
    if (lastBlock) {
      inFrame = false;
      if (checksum) {
        take(4);
      }
      return true;
    }
    int at = take(3);
    int header = word(at, 3);
    lastBlock = (header & 1) != 0;
    int size = header >>> 3;
    blockRemaining = (header >> 1 & 3) == 1 ? 1 : size;
    return true;
  }

  private boolean beginFrame() throws IOException {
    int first = in.read();
    if (first < 0) {
      return false;
    }
    consumed++;
    pending[pendingEnd++] = (byte) first;
    take(3);
    int magic = word(0, 4);
    if ((magic & 0xfffffff0) == SKIPPABLE) {
      long size = word(take(4), 4) & 0xffffffffL;
      discard(size);
      pendingEnd = 0;
      return true;
    }
    if (magic != MAGIC) {
      throw new CorruptContentException(
          "zstd data has bytes at compressed offset " + (consumed - 4) + " that begin no frame");
    }
    int descriptor = pending[take(1)];
    checksum = (descriptor & 4) != 0;
    boolean single = (descriptor & 0x20) != 0;
    int contentBytes = (descriptor & 0xc0) == 0 ? (single ? 1 : 0) : 1 << (descriptor >> 6 & 3);
    int dictionaryBytes = (1 << (descriptor & 3)) >> 1;
    if (!single) {
      int window = pending[take(1)] & 0xff;
      long base = 1L << (10 + (window >> 3));
      requireWindow(base + base / 8 * (window & 7));
    }
    take(dictionaryBytes);
    int content = take(contentBytes);
    if (single) {
      requireWindow(contentSize(content, contentBytes));
    }
    inFrame = true;
    lastBlock = false;
    return true;
  }

  /** Reads what is left out: skipping would hide it from a stream below that hashes. */
  private void discard(long size) throws IOException {
    byte[] buffer = new byte[(int) Math.min(size, DISCARD)];
    long remaining = size;
    while (remaining > 0) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, remaining));
      if (read < 0) {
        throw truncated();
      }
      consumed += read;
      remaining -= read;
    }
  }

  private long contentSize(int at, int bytes) {
    return switch (bytes) {
      case 1 -> pending[at] & 0xff;
      case 2 -> word(at, 2) + 256L;
      case 4 -> word(at, 4) & 0xffffffffL;
      default -> word(at + 4, 4) == 0 ? word(at, 4) & 0xffffffffL : Long.MAX_VALUE;
    };
  }

  private void requireWindow(long size) throws CorruptContentException {
    if (size > MAX_WINDOW) {
      throw new CorruptContentException(
          "zstd frame before compressed offset "
              + consumed
              + " needs a window of "
              + size
              + " bytes; at most "
              + MAX_WINDOW
              + " are supported: compress without --ultra or --long");
    }
  }

  private int take(int count) throws IOException {
    int at = pendingEnd;
    if (in.readNBytes(pending, at, count) < count) {
      throw truncated();
    }
    consumed += count;
    pendingEnd += count;
    return at;
  }

  private int word(int at, int bytes) {
    int value = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      value = (value << 8) | (pending[at + i] & 0xff);
    }
    return value;
  }

  private CorruptContentException truncated() {
    return new CorruptContentException(
        "zstd data ends in the middle of a frame after compressed offset " + consumed);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
