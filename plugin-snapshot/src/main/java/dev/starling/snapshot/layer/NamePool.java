package dev.starling.snapshot.layer;

import java.util.Arrays;

/**
 * Short texts one after the other, each with its length before it: 2 bytes, big-endian. A text is
 * known by where it begins. Grows by one thread; read by any once it is handed over.
 */
final class NamePool {

  private static final int PREFIX = 2;
  private static final int MAX_TEXT = 0xffff;

  private byte[] bytes = new byte[256];
  private int size;

  /**
   * Adds a text.
   *
   * @param text at most 65,535 bytes
   * @return what it is known by
   * @throws ArithmeticException if the pool is full, at 2 GiB
   */
  int add(byte[] text) {
    if (text.length > MAX_TEXT) {
      throw new IllegalArgumentException("a text of " + text.length + " bytes is too long");
    }
    int at = size;
    int end = Math.addExact(size, PREFIX + text.length);
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, end + (end >> 1L)));
    }
    bytes[at] = (byte) (text.length >> 8);
    bytes[at + 1] = (byte) text.length;
    System.arraycopy(text, 0, bytes, at + PREFIX, text.length);
    size = end;
    return at;
  }

  /** Gives back what growing has left over. */
  void trim() {
    bytes = Arrays.copyOf(bytes, size);
  }

  int length(int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  byte[] get(int at) {
    return Arrays.copyOfRange(bytes, at + PREFIX, at + PREFIX + length(at));
  }

  /** Compares two texts byte by byte, unsigned. */
  int compare(int one, int other) {
    return Arrays.compareUnsigned(bytes, one + PREFIX, end(one), bytes, other + PREFIX, end(other));
  }

  /** Compares a text with another that is not in the pool. */
  int compare(int one, byte[] other) {
    return Arrays.compareUnsigned(bytes, one + PREFIX, end(one), other, 0, other.length);
  }

  int hash(int at) {
    int hash = 1;
    for (int i = at + PREFIX; i < end(at); i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash;
  }

  private int end(int at) {
    return at + PREFIX + length(at);
  }
}
