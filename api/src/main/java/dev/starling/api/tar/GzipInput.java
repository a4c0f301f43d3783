package dev.starling.api.tar;

import dev.starling.api.content.CorruptContentException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses gzip, any number of members one after the other. Zeros after the last member are
 * ignored, anything else there is an error. Every member's length and checksum are verified. Not
 * thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>
 */
public final class GzipInput extends InputStream {

  private static final int DEFAULT_BUFFER = 64 << 10;
  private static final int MAX_HEADER_TEXT = 64 << 10;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] buffer;
  private int next;
  private int limit;
  private long consumed;
  private boolean inMember;
  private boolean ended;

  /** Decompresses what {@code in} yields; closing closes it. */
  public GzipInput(InputStream in) {
    this(in, DEFAULT_BUFFER);
  }

  /**
   * Decompresses what {@code in} yields, reading it so many bytes at a time; closing closes it.
   *
   * @param buffer at least 1
   */
  public GzipInput(InputStream in, int buffer) {
    this.in = in;
    this.buffer = new byte[buffer];
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
    while (!ended) {
      if (!inMember && !beginMember()) {
        ended = true;
        break;
      }
      int read = inflate(target, offset, length);
      if (read > 0) {
        crc.update(target, offset, read);
        return read;
      }
      if (inflater.finished()) {
        endMember();
      }
    }
    return -1;
  }

  private int inflate(byte[] target, int offset, int length) throws IOException {
    try {
      int read = inflater.inflate(target, offset, length);
      if (read > 0 || inflater.finished()) {
        return read;
      }
      if (inflater.needsDictionary()) {
        throw corrupt("needs a preset dictionary");
      }
      next = limit;
      if (!fill()) {
        throw corrupt("ends in the middle of a member");
      }
      inflater.setInput(buffer, 0, limit);
      return 0;
    } catch (DataFormatException e) {
      throw new CorruptContentException(
          "gzip data is corrupt before compressed offset " + consumed + ": " + e.getMessage(), e);
    }
  }

  private boolean beginMember() throws IOException {
    if (consumed > 0 && !skipZeros()) {
      return false;
    }
    if (consumed == 0 && !fill()) {
      return false;
    }
    long start = consumed - (limit - next);
    if (nextByte() != 0x1f || nextByte() != 0x8b || nextByte() != 8) {
      throw new CorruptContentException(
          "gzip data has bytes at compressed offset " + start + " that begin no gzip member");
    }
    int flags = nextByte();
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(nextByte() | nextByte() << 8);
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CRC) != 0) {
      skip(2);
    }
    inflater.reset();
    inflater.setInput(buffer, next, limit - next);
    crc.reset();
    inMember = true;
    return true;
  }

  /** Skips zeros between members; false if nothing else follows. */
  private boolean skipZeros() throws IOException {
    while (true) {
      while (next < limit) {
        if (buffer[next] != 0) {
          return true;
        }
        next++;
      }
      if (!fill()) {
        return false;
      }
    }
  }

  private void endMember() throws IOException {
    next = limit - inflater.getRemaining();
    long storedCrc = nextInt();
    long storedSize = nextInt();
    if (storedCrc != crc.getValue()) {
      throw corrupt("has a member whose checksum does not match its content");
    }
    if (storedSize != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw corrupt("has a member whose length does not match its content");
    }
    inMember = false;
  }

  private long nextInt() throws IOException {
    return nextByte() | (long) nextByte() << 8 | (long) nextByte() << 16 | (long) nextByte() << 24;
  }

  private int nextByte() throws IOException {
    if (next == limit && !fill()) {
      throw corrupt("ends in the middle of a member");
    }
    return buffer[next++] & 0xff;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      nextByte();
    }
  }

  private void skipText() throws IOException {
    for (int i = 0; nextByte() != 0; i++) {
      if (i > MAX_HEADER_TEXT) {
        throw corrupt("has a member whose name or comment does not end");
      }
    }
  }

  private boolean fill() throws IOException {
    int read = in.read(buffer, 0, buffer.length);
    next = 0;
    limit = Math.max(read, 0);
    consumed += limit;
    return read > 0;
  }

  private CorruptContentException corrupt(String what) {
    return new CorruptContentException(
        "gzip data " + what + " at compressed offset " + (consumed - (limit - next)));
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    ended = true;
    in.close();
  }
}
