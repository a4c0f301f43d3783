package dev.starling.snapshot.fetch;

import java.util.concurrent.atomic.AtomicLongArray;

/** A bit for each chunk of a layer. Thread-safe. */
final class ChunkFlags {

  private final AtomicLongArray words;

  ChunkFlags(int count) {
    words = new AtomicLongArray((count + 63) / 64);
  }

  boolean get(int chunk) {
    return (words.get(chunk >> 6) & (1L << chunk)) != 0;
  }

  /** Sets the bit; whether it was clear. */
  boolean set(int chunk) {
    return (words.getAndAccumulate(chunk >> 6, 1L << chunk, (word, bit) -> word | bit)
            & (1L << chunk))
        == 0;
  }

  /** Clears the bit; whether it was set. */
  boolean clear(int chunk) {
    return (words.getAndAccumulate(chunk >> 6, 1L << chunk, (word, bit) -> word & ~bit)
            & (1L << chunk))
        != 0;
  }
}
