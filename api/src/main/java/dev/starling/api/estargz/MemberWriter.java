package dev.starling.api.estargz;

import java.lang.foreign.MemorySegment;

/** Compresses whole buffers to members of a layer. For one thread. */
interface MemberWriter extends AutoCloseable {

  /** The most bytes that {@code length} bytes can become. */
  int bound(int length);

  /**
   * Writes one member.
   *
   * @param out at least as large as {@link #bound} says
   * @return the number of bytes written
   */
  int write(MemorySegment in, MemorySegment out);

  @Override
  void close();
}
