package dev.starling.snapshot.fetch;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.estargz.Chunk;
import dev.starling.api.image.Digest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Where a layer keeps its files' chunks: a row for each, in the TOC's order, some 60 bytes. A
 * file's chunks are side by side; where they are is one number. Filled by one thread, then read by
 * any.
 */
final class ChunkTable {

  /** The most chunks of one layer: 4 TB at the usual 4 MiB, 64 GB at 64 KiB. */
  static final int MAX_CHUNKS = 1_000_000;

  /** The largest chunk that is read; a whole one has to be in memory to be verified. */
  static final int MAX_CHUNK_SIZE = 64 << 20;

  private static final int HASH = 32;
  private static final int LONGS = 4;

  private long[] longs = new long[LONGS * 16];
  private int[] sizes = new int[16];
  private byte[] hashes = new byte[HASH * 16];
  private int count;

  int count() {
    return count;
  }

  /**
   * Adds a file's chunks.
   *
   * @return what they are known by
   * @throws CorruptContentException if there are too many, or they are too large
   */
  long add(String name, List<Chunk> chunks) throws CorruptContentException {
    int first = count;
    if (count + chunks.size() > MAX_CHUNKS) {
      throw new CorruptContentException("the layer has more than " + MAX_CHUNKS + " chunks");
    }
    for (Chunk chunk : chunks) {
      if (chunk.size() > MAX_CHUNK_SIZE) {
        throw new CorruptContentException(
            "the layer has a chunk of " + chunk.size() + " bytes, in '" + name + "'");
      }
      if (!chunk.digest().algorithm().equals("sha256")) {
        throw new CorruptContentException(
            "the layer has a chunk with a digest of another kind than SHA-256, in '" + name + "'");
      }
      add(chunk);
    }
    return (long) first << 32 | chunks.size();
  }

  private void add(Chunk chunk) {
    if (count == sizes.length) {
      resize(count + (count >> 1));
    }
    longs[count * LONGS] = chunk.fileOffset();
    longs[count * LONGS + 1] = chunk.offset();
    longs[count * LONGS + 2] = chunk.innerOffset();
    longs[count * LONGS + 3] = chunk.end();
    sizes[count] = (int) chunk.size();
    byte[] hash = HexFormat.of().parseHex(chunk.digest().hex());
    System.arraycopy(hash, 0, hashes, count * HASH, HASH);
    count++;
  }

  private void resize(int rows) {
    longs = Arrays.copyOf(longs, rows * LONGS);
    sizes = Arrays.copyOf(sizes, rows);
    hashes = Arrays.copyOf(hashes, rows * HASH);
  }

  /** Gives back what growing has left over. */
  void trim() {
    resize(count);
  }

  /** The first of a file's chunks. */
  static int first(long file) {
    return (int) (file >>> 32);
  }

  /** The one after the last of a file's chunks. */
  static int end(long file) {
    return (int) (file >>> 32) + (int) file;
  }

  /** The file's chunk that holds that byte of it. */
  int at(long file, long fileOffset) {
    int low = first(file);
    int high = end(file) - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (fileOffset(middle) <= fileOffset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  long fileOffset(int chunk) {
    return longs[chunk * LONGS];
  }

  /** Where in the layer the compressed data begin. */
  long offset(int chunk) {
    return longs[chunk * LONGS + 1];
  }

  /** How many of the decompressed bytes come before the chunk. */
  long innerOffset(int chunk) {
    return longs[chunk * LONGS + 2];
  }

  /** Where in the layer the compressed data end. */
  long end(int chunk) {
    return longs[chunk * LONGS + 3];
  }

  int size(int chunk) {
    return sizes[chunk];
  }

  Digest digest(int chunk) {
    return Digest.of(Arrays.copyOfRange(hashes, chunk * HASH, (chunk + 1) * HASH));
  }

  /** Whether the hash is that of the chunk. */
  boolean hasHash(int chunk, byte[] hash) {
    return Arrays.equals(hashes, chunk * HASH, (chunk + 1) * HASH, hash, 0, HASH);
  }

  /** Whether a chunk lies in the same compressed data as the one before and after it in them. */
  boolean isInMemberOf(int before, int chunk) {
    return offset(chunk) == offset(before)
        && innerOffset(chunk) >= innerOffset(before) + size(before);
  }

  /** Whether a chunk's data follow those of another at once or after no more than a gap. */
  boolean follows(int before, int chunk, long gap) {
    return isInMemberOf(before, chunk)
        || (offset(chunk) >= end(before) && offset(chunk) - end(before) <= gap);
  }
}
