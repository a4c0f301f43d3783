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

  public Access {
    otherNames = List.copyOf(otherNames);
    ranges = List.copyOf(ranges);
  }

  /** The same in another layer. */
  public Access inLayer(int index) {
    return new Access(index, path, otherNames, size, firstMillis, ranges);
  }

  /** How many bytes of it were read. */
  public long readBytes() {
    return ranges.stream().mapToLong(ByteRange::length).sum();
  }
}
