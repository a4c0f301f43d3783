package dev.starling.api.estargz;

import dev.starling.api.image.Digest;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.MessageDigest;

/**
 * SHA-256 over memory outside the heap, through a small array that stays in the processor's cache:
 * hashing a direct buffer would allocate one at every call. For one thread.
 */
final class SegmentHash {

  private static final int SCRATCH = 32 << 10;

  private final MessageDigest hash = Digest.newSha256();
  private final byte[] scratch = new byte[SCRATCH];

  void update(MemorySegment segment) {
    long size = segment.byteSize();
    for (long at = 0; at < size; at += SCRATCH) {
      int count = (int) Math.min(SCRATCH, size - at);
      MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, at, scratch, 0, count);
      hash.update(scratch, 0, count);
    }
  }

  void update(byte[] bytes) {
    hash.update(bytes);
  }

  /** The digest of what was put in, 32 bytes; starts anew. */
  byte[] digest() {
    return hash.digest();
  }
}
