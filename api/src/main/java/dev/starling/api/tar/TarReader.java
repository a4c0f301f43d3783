package dev.starling.api.tar;

import dev.starling.api.content.CorruptContentException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar stream from front to back: V7, USTAR, STAR, GNU and PAX. Global PAX headers are
 * passed over and not applied, as lazy readers do. Not thread-safe; does not close the stream.
 */
public final class TarReader implements TarCursor {

  /** The longest body of a PAX or GNU extension header. */
  static final int MAX_EXTENSION = 1 << 20;

  /** The longest header of one entry, extensions included. */
  static final int MAX_HEADER = 4 << 20;

  private static final int SKIP_BUFFER = 64 << 10;

  private final InputStream in;
  private final byte[] block = new byte[TarEntry.BLOCK];
  private byte[] skipBuffer = new byte[0];
  private long position;
  private long remaining;
  private int padding;
  private boolean ended;
  private String name = "";
  private boolean globalHeaderSeen;

  /** Reads a tar from its beginning. */
  public TarReader(InputStream in) {
    this(in, 0);
  }

  /** Reads a tar from an entry's first header block on, which lies at {@code position}. */
  TarReader(InputStream in, long position) {
    this.in = in;
    this.position = position;
  }

  @Override
  public @Nullable TarEntry next() throws IOException {
    if (ended) {
      return null;
    }
    if (!skipPayload()) {
      ended = true;
      return null;
    }
    HeaderParser parser = new HeaderParser(position);
    ByteArrayOutputStream raw = new ByteArrayOutputStream(TarEntry.BLOCK);
    while (true) {
      TarFields fields = new TarFields(block, position);
      if (!readBlock()) {
        return endWithoutMark(raw);
      }
      if (fields.isZero()) {
        return endWithMark(raw);
      }
      fields.verifyChecksum(after());
      int flag = fields.typeflag();
      raw.writeBytes(block);
      if (flag != 'x' && flag != 'L' && flag != 'K' && flag != 'g') {
        TarEntry entry = parser.entry(fields, raw.toByteArray());
        begin(entry);
        return entry;
      }
      byte[] body = readExtension(fields, raw);
      if (flag == 'g') {
        globalHeaderSeen = true;
        dropGlobalHeader(raw, TarEntry.BLOCK + roundUp(body.length));
      } else {
        parser.extension(flag, body);
      }
    }
  }

  private void begin(TarEntry entry) {
    remaining = entry.size();
    padding = entry.padding();
    name = entry.name();
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (remaining == 0) {
      return -1;
    }
    int read = in.read(buffer, offset, (int) Math.min(length, remaining));
    if (read < 0) {
      throw new CorruptContentException(
          "tar ends at offset "
              + position
              + " inside '"
              + name
              + "': "
              + remaining
              + " more bytes expected; the layer is truncated");
    }
    position += read;
    remaining -= read;
    return read;
  }

  /** Reads what follows the end of the archive, so that the stream is read and verified whole. */
  public void drain() throws IOException {
    byte[] buffer = skipBuffer();
    int read = 0;
    while (read >= 0) {
      position += read;
      read = in.read(buffer, 0, buffer.length);
    }
  }

  /** How many bytes of the tar were read, counted from its beginning. */
  public long position() {
    return position;
  }

  /** Whether a global PAX header was passed over so far. */
  public boolean globalHeaderSeen() {
    return globalHeaderSeen;
  }

  /** Skips the rest of the payload; false if the stream ends in its padding, where it may. */
  private boolean skipPayload() throws IOException {
    byte[] buffer = skipBuffer();
    while (remaining > 0) {
      read(buffer, 0, buffer.length);
    }
    int pad = in.readNBytes(buffer, 0, padding);
    position += pad;
    boolean complete = pad == padding;
    padding = 0;
    return complete;
  }

  private byte[] skipBuffer() {
    if (skipBuffer.length == 0) {
      skipBuffer = new byte[SKIP_BUFFER];
    }
    return skipBuffer;
  }

  private boolean readBlock() throws IOException {
    int read = in.readNBytes(block, 0, TarEntry.BLOCK);
    if (read != 0 && read != TarEntry.BLOCK) {
      throw new CorruptContentException(
          "tar ends at offset "
              + (position + read)
              + after()
              + " inside a header; the layer is truncated");
    }
    position += read;
    return read != 0;
  }

  private @Nullable TarEntry endWithMark(ByteArrayOutputStream raw) throws IOException {
    long mark = position - TarEntry.BLOCK;
    requireNoExtension(raw);
    if (readBlock() && !new TarFields(block, position).isZero()) {
      throw new CorruptContentException(
          "tar has a block of zeros at offset "
              + mark
              + after()
              + " that more data follows; expected a header or a second one");
    }
    ended = true;
    return null;
  }

  private @Nullable TarEntry endWithoutMark(ByteArrayOutputStream raw) throws IOException {
    requireNoExtension(raw);
    ended = true;
    return null;
  }

  private void requireNoExtension(ByteArrayOutputStream raw) throws CorruptContentException {
    if (raw.size() > 0) {
      throw new CorruptContentException(
          "tar ends at offset " + position + after() + " with an extension header but no entry");
    }
  }

  private byte[] readExtension(TarFields fields, ByteArrayOutputStream raw) throws IOException {
    long size = fields.number(124, 12, "size");
    if (size < 0 || size > MAX_EXTENSION || raw.size() + size > MAX_HEADER) {
      throw fields.bad("size", "of " + size + " is too large for an extension header");
    }
    byte[] padded = in.readNBytes((int) roundUp(size));
    if (padded.length < size) {
      throw new CorruptContentException(
          "tar ends at offset "
              + (position + padded.length)
              + after()
              + " inside an extension header; the layer is truncated");
    }
    position += padded.length;
    raw.writeBytes(padded);
    return java.util.Arrays.copyOf(padded, (int) size);
  }

  /** Removes the last {@code length} bytes: the entry goes on as if it had not been there. */
  private static void dropGlobalHeader(ByteArrayOutputStream raw, long length) {
    byte[] all = raw.toByteArray();
    raw.reset();
    raw.write(all, 0, Math.max(0, (int) (all.length - length)));
  }

  private static long roundUp(long size) {
    return (size + TarEntry.BLOCK - 1) & -TarEntry.BLOCK;
  }

  private String after() {
    return name.isEmpty() ? "" : " (after '" + name + "')";
  }
}
