package dev.starling.optimize.trace;

import java.util.List;

/**
 * A file of a layer that was opened and read.
 *
 * @param layer which layer of the manifest, the base being 0
 * @param path its path in the layer, as it was opened
 * @param otherNames hard links to it that were opened as well
 * @param size its length in bytes
 * @param firstMillis when it was read first, in milliseconds since the container was started
 * @param ranges the parts that were read, in order; the kernel reads whole pages
 */
public record Access(
    int layer,
    String path,
    List<String> otherNames,
    long size,
    long firstMillis,
    List<ByteRange> ranges) {

  /** The usual length of a chunk, which is fetched as a whole, in bytes. */
  private static final long CHUNK = 4 << 20;

  public Access {
    otherNames = List.copyOf(otherNames);
    ranges = List.copyOf(ranges);
  }

  /** The same in another layer. */
  public Access inLayer(int index) {
    return new Access(index, path, otherNames, size, firstMillis, ranges);
  }

  /**
   * Whether fewer than half of the chunks that it usually has were read: prefetching it as a whole
   * would take longer than it saves.
   */
  public boolean isSparse() {
    long chunks = 0;
    long next = 0;
    for (ByteRange range : ranges) {
      long first = Math.max(next, range.offset() / CHUNK);
      long last = (range.offset() + range.length() - 1) / CHUNK;
      chunks += Math.max(0, last - first + 1);
      next = last + 1;
    }
    return 2 * chunks < Math.ceilDiv(size, CHUNK);
  }

  /** How many bytes of it were read. */
  public long readBytes() {
    return ranges.stream().mapToLong(ByteRange::length).sum();
  }
}
