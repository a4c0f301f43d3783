package dev.starling.snapshot.layer;

import java.util.Arrays;

/** A growing column of ints. Not thread-safe. */
final class IntColumn {

  private int[] values = new int[16];
  private int size;

  int size() {
    return size;
  }

  void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size + (size >> 1));
    }
    values[size++] = value;
  }

  int get(int index) {
    return values[index];
  }

  void set(int index, int value) {
    values[index] = value;
  }

  /** Gives back what growing has left over. */
  void trim() {
    values = Arrays.copyOf(values, size);
  }
}
