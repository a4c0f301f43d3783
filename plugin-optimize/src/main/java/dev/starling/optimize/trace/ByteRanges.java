package dev.starling.optimize.trace;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A set of bytes by their positions, as ranges that do not touch. Not thread-safe. */
final class ByteRanges {

  /** From each range's start to its end, exclusive. */
  private final TreeMap<Long, Long> ends = new TreeMap<>();

  /** Adds the bytes from {@code start} to {@code end}, exclusive; nothing if there are none. */
  void add(long start, long end) {
    if (start >= end) {
      return;
    }
    long from = start;
    long to = end;
    for (Map.Entry<Long, Long> touching = ends.floorEntry(to);
        touching != null && touching.getValue() >= from;
        touching = ends.floorEntry(to)) {
      from = Math.min(from, touching.getKey());
      to = Math.max(to, touching.getValue());
      ends.remove(touching.getKey());
    }
    ends.put(from, to);
  }

  /** The end of what is there from {@code position} on without a gap; itself if it is not there. */
  long endOfFilled(long position) {
    Map.Entry<Long, Long> at = ends.floorEntry(position);
    return at == null ? position : Math.max(position, at.getValue());
  }

  /** Where the next byte is that is there, at {@code position} or after; {@code limit} if none. */
  long endOfGap(long position, long limit) {
    if (endOfFilled(position) > position) {
      return position;
    }
    Long next = ends.higherKey(position);
    return next == null ? limit : Math.min(next, limit);
  }

  /** How many bytes there are. */
  long size() {
    return ends.entrySet().stream().mapToLong(range -> range.getValue() - range.getKey()).sum();
  }

  /** The ranges in order. */
  List<ByteRange> list() {
    return ends.entrySet().stream()
        .map(range -> new ByteRange(range.getKey(), range.getValue() - range.getKey()))
        .toList();
  }
}
