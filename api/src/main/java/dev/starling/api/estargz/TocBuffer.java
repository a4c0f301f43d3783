package dev.starling.api.estargz;

import dev.starling.api.image.Digest;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/** A TOC's bytes while it grows, in pieces, so that growing copies nothing. Not thread-safe. */
final class TocBuffer {

  /** More than any layer that could be unpacked needs; keeps a hostile one from filling memory. */
  static final int MAX_SIZE = 256 << 20;

  private static final int PIECE = 64 << 10;

  private final List<byte[]> pieces = new ArrayList<>();
  private int size;

  int size() {
    return size;
  }

  void append(byte[] bytes) throws IOException {
    if (bytes.length > MAX_SIZE - size) {
      throw new IOException(
          "the layer's TOC is larger than " + MAX_SIZE + " bytes; the layer has too many entries");
    }
    int at = 0;
    while (at < bytes.length) {
      int offset = size % PIECE;
      if (offset == 0) {
        pieces.add(new byte[PIECE]);
      }
      int count = Math.min(PIECE - offset, bytes.length - at);
      System.arraycopy(bytes, at, pieces.getLast(), offset, count);
      at += count;
      size += count;
    }
  }

  /** Overwrites bytes that were appended before. */
  void patch(int position, byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      pieces.get((position + i) / PIECE)[(position + i) % PIECE] = bytes[i];
    }
  }

  Digest digest() {
    MessageDigest hash = Digest.newSha256();
    for (int i = 0; i < pieces.size(); i++) {
      hash.update(pieces.get(i), 0, pieceLength(i));
    }
    return Digest.of(hash.digest());
  }

  void copyTo(MemorySegment target, long offset) {
    for (int i = 0; i < pieces.size(); i++) {
      MemorySegment.copy(
          pieces.get(i),
          0,
          target,
          ValueLayout.JAVA_BYTE,
          offset + (long) i * PIECE,
          pieceLength(i));
    }
  }

  private int pieceLength(int index) {
    return Math.min(PIECE, size - index * PIECE);
  }
}
