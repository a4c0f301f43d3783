package dev.starling.snapshot.layer;

import java.util.Arrays;

/** A growing column of longs. Not thread-safe. */
final class LongColumn {

  private long[] values = new long[16];
  private int size;

  int size() {
    return size;
  }

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size + (size >> 1));
    }
    values[size++] = value;
  }

  long get(int index) {
    return values[index];
  }

  void set(int index, long value) {
    values[index] = value;
  }

  /** Gives back what growing has left over. */
  void trim() {
    values = Arrays.copyOf(values, size);
  }
}
