package dev.starling.optimize.trace;

import dev.starling.api.content.ImageSource;
import dev.starling.api.content.RandomAccessBlob;
import dev.starling.api.image.Descriptor;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was fetched of a blob, at its place in a file with holes, and the way to the rest.
 * Thread-safe; two who ask for the same part at the same moment may both fetch it.
 */
final class PartialBlob implements Closeable {

  private final ImageSource source;
  private final Descriptor blob;
  private final Path file;
  private final ByteRanges there = new ByteRanges();
  private @Nullable RandomAccessBlob remote;

  /**
   * @param source where the blob is
   * @param file made when there is something to keep
   */
  PartialBlob(ImageSource source, Descriptor blob, Path file) {
    this.source = source;
    this.blob = blob;
    this.file = file;
  }

  private synchronized RandomAccessBlob remote() throws IOException {
    RandomAccessBlob open = remote;
    if (open == null) {
      open = source.openKnown(blob);
      remote = open;
    }
    return open;
  }

  /**
   * The whole blob from an offset to its end: what is there from the file, the rest fetched, and
   * not kept here.
   */
  InputStream openFrom(long offset) throws IOException {
    synchronized (this) {
      if (there.endOfGap(offset, blob.size()) == blob.size()) {
        return source.openBlob(blob, offset);
      }
    }
    return open(offset, blob.size(), false);
  }

  /** A part, piece by piece; each piece is opened when it is reached. */
  private InputStream open(long offset, long end, boolean keep) {
    List<InputStream> pieces = new ArrayList<>();
    for (long at = offset; at < end; ) {
      long filled;
      long gap;
      synchronized (this) {
        filled = Math.min(end, there.endOfFilled(at));
        gap = there.endOfGap(at, end);
      }
      boolean known = filled > at;
      long until = known ? filled : gap;
      pieces.add(known ? new KeptPart(file, at, until) : new FetchedPart(at, until, keep));
      at = until;
    }
    return new SequenceInputStream(Collections.enumeration(pieces));
  }

  private synchronized void keep(byte[] bytes, int from, int length, long offset)
      throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, from, length);
      for (long at = offset; buffer.hasRemaining(); ) {
        at += channel.write(buffer, at);
      }
    }
    there.add(offset, offset + length);
  }

  /** A view for random access; what it fetches is kept. */
  RandomAccessBlob reader() {
    return new Reader();
  }

  @Override
  public synchronized void close() throws IOException {
    RandomAccessBlob open = remote;
    remote = null;
    if (open != null) {
      open.close();
    }
  }

  private final class Reader implements RandomAccessBlob {
    @Override
    public long size() {
      return blob.size();
    }

    @Override
    public int readAt(ByteBuffer target, long offset) throws IOException {
      if (!target.hasRemaining()) {
        return 0;
      }
      long end = Math.min(size(), offset + target.remaining());
      if (offset >= end) {
        return -1;
      }
      byte[] bytes;
      try (InputStream in = open(offset, end, true)) {
        bytes = in.readNBytes((int) (end - offset));
      }
      target.put(bytes);
      return bytes.length;
    }

    @Override
    public InputStream openRange(long offset, long length) {
      return open(offset, length > size() - offset ? size() : offset + length, true);
    }

    @Override
    public void close() {}
  }

  /** A part that is fetched when it is first read, in one request. */
  private final class FetchedPart extends InputStream {
    private final long end;
    private final boolean keep;
    private long at;
    private @Nullable InputStream in;

    FetchedPart(long start, long end, boolean keep) {
      this.at = start;
      this.end = end;
      this.keep = keep;
    }

    private InputStream in() throws IOException {
      InputStream open = in;
      if (open == null) {
        open = remote().openRange(at, end - at);
        in = open;
      }
      return open;
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
      int read = in().read(buffer, offset, (int) Math.min(length, end - at));
      if (read > 0) {
        if (keep) {
          keep(buffer, offset, read, at);
        }
        at += read;
      }
      return read;
    }

    @Override
    public void close() throws IOException {
      if (in != null) {
        in.close();
      }
    }
  }
}
