package dev.starling.snapshot.fetch;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.tar.Decompression;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Takes chunks from a part of a layer as it arrives, in memory for one of them. Not thread-safe.
 */
final class RangeReader implements Closeable {

  private static final int BUFFER = 64 << 10;

  private final ChunkTable table;
  private final Decompression compression;
  private final Semaphore memory;
  private final Source source;
  private long position;

  /** Takes a chunk's bytes. */
  @FunctionalInterface
  interface Receiver {
    void arrived(Claim claim, byte[] bytes);
  }

  /**
   * @param in the layer from {@code position} on; closed with this
   * @param network counts what is read from it
   */
  RangeReader(
      ChunkTable table,
      Decompression compression,
      Semaphore memory,
      InputStream in,
      long position,
      LongAdder network) {
    this.table = table;
    this.compression = compression;
    this.memory = memory;
    this.source = new Source(in, network);
    this.position = position;
  }

  /**
   * Reads chunks that lie in the same compressed data, and goes to the end of those.
   *
   * @param claims in the order in which they lie there
   * @return what was wrong with those that the receiver did not get, or null
   * @throws IOException if the layer cannot be read on
   */
  @Nullable CorruptContentException read(List<Claim> claims, Receiver receiver)
      throws IOException, InterruptedException {
    int first = claims.getFirst().chunk();
    skip(table.offset(first) - position);
    position = table.end(first);
    Member member = new Member(source, table.end(first) - table.offset(first));
    @Nullable CorruptContentException damage = null;
    try {
      read(member, claims, receiver);
    } catch (CorruptContentException e) {
      if (source.failure != null) {
        throw source.failure;
      }
      damage = e;
    }
    skip(member.left);
    return damage;
  }

  private void read(Member member, List<Claim> claims, Receiver receiver)
      throws IOException, InterruptedException {
    int buffer = (int) Math.min(BUFFER, member.left);
    try (InputStream in = compression.decompress(member, buffer)) {
      long at = 0;
      for (Claim claim : claims) {
        skip(in, table.innerOffset(claim.chunk()) - at);
        int size = table.size(claim.chunk());
        int permits = FetchContext.permits(size);
        memory.acquire(permits);
        try {
          byte[] bytes = new byte[size];
          if (in.readNBytes(bytes, 0, size) < size) {
            throw new CorruptContentException("the compressed data end inside a chunk");
          }
          receiver.arrived(claim, bytes);
        } finally {
          memory.release(permits);
        }
        at = table.innerOffset(claim.chunk()) + size;
      }
    }
  }

  private static void skip(InputStream in, long count) throws IOException {
    try {
      in.skipNBytes(count);
    } catch (EOFException e) {
      throw new CorruptContentException("the compressed data end before a chunk", e);
    }
  }

  private void skip(long count) throws IOException {
    byte[] buffer = new byte[Math.clamp(count, 0, BUFFER)];
    long left = count;
    while (left > 0) {
      int read = source.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        throw new EOFException(left + " more bytes expected");
      }
      left -= read;
    }
  }

  @Override
  public void close() throws IOException {
    source.close();
  }

  /** Counts, and tells its own failures from those of the decompression. */
  private static final class Source extends FilterInputStream {
    private final LongAdder network;
    private @Nullable IOException failure;

    Source(InputStream in, LongAdder network) {
      super(in);
      this.network = network;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        int read = in.read(target, offset, length);
        network.add(Math.max(0, read));
        return read;
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }
  }

  /** The compressed data of some chunks; closing them closes nothing. */
  private static final class Member extends InputStream {
    private final Source source;
    private long left;

    Member(Source source, long length) {
      this.source = source;
      this.left = length;
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
      if (left == 0) {
        return -1;
      }
      int read = source.read(target, offset, (int) Math.min(length, left));
      if (read < 0) {
        source.failure = new EOFException("the answer is too short");
        throw source.failure;
      }
      left -= read;
      return read;
    }
  }
}
