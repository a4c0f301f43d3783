package dev.starling.api.tar;

import dev.starling.api.content.CorruptContentException;

/** Decodes the fields of one 512-byte header block. */
final class TarFields {

  private final byte[] block;
  private final long position;

  TarFields(byte[] block, long position) {
    this.block = block;
    this.position = position;
  }

  /** The header dialects, told apart by magic, version and trailer. */
  enum Dialect {
    V7,
    USTAR,
    STAR,
    GNU
  }

  Dialect dialect() {
    if (matches(257, "ustar\0")) {
      return matches(508, "tar\0") ? Dialect.STAR : Dialect.USTAR;
    }
    return matches(257, "ustar  \0") ? Dialect.GNU : Dialect.V7;
  }

  private boolean matches(int offset, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (block[offset + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a GNU header's access and change times are numbers or absent; if not, an old writer put
   * a USTAR prefix there.
   */
  boolean hasGnuTimes() {
    try {
      if (block[345] != 0) {
        number(345, 12, "atime");
      }
      if (block[357] != 0) {
        number(357, 12, "ctime");
      }
      return true;
    } catch (CorruptContentException e) {
      return false;
    }
  }

  int typeflag() {
    return block[156] & 0xff;
  }

  boolean isZero() {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Compares the checksum; historic writers summed signed bytes, so either sum will do.
   *
   * @param after the entry before this one, for the message
   */
  void verifyChecksum(String after) throws CorruptContentException {
    long unsigned = 0;
    long signed = 0;
    for (int i = 0; i < TarEntry.BLOCK; i++) {
      byte b = i >= 148 && i < 156 ? (byte) ' ' : block[i];
      unsigned += b & 0xff;
      signed += b;
    }
    long stored;
    try {
      stored = number(148, 8, "checksum");
    } catch (CorruptContentException e) {
      stored = -1;
    }
    if (stored != unsigned && stored != signed) {
      throw new CorruptContentException(
          "tar header at offset "
              + position
              + after
              + " has a bad checksum: it says "
              + (stored < 0 ? "no octal number" : stored)
              + ", its bytes sum to "
              + unsigned
              + "; the layer is damaged or no tar");
    }
  }

  /** Text up to the first NUL or the field's end. */
  String text(int offset, int length) {
    int end = offset;
    while (end < offset + length && block[end] != 0) {
      end++;
    }
    return TarText.decode(block, offset, end - offset);
  }

  /** An octal number, or a two's complement one if the first bit is set. */
  long number(int offset, int length, String field) throws CorruptContentException {
    return (block[offset] & 0x80) != 0
        ? binary(offset, length, field)
        : octal(offset, length, field);
  }

  private long binary(int offset, int length, String field) throws CorruptContentException {
    int flip = (block[offset] & 0x40) != 0 ? 0xff : 0;
    long value = 0;
    for (int i = 0; i < length; i++) {
      int b = (block[offset + i] & 0xff) ^ flip;
      if (i == 0) {
        b &= 0x7f;
      }
      if (value >>> 55 != 0) {
        throw bad(field, "does not fit 64 bits");
      }
      value = value << 8 | b;
    }
    return flip == 0 ? value : ~value;
  }

  private long octal(int offset, int length, String field) throws CorruptContentException {
    int start = offset;
    int end = offset + length;
    while (start < end && isBlank(block[start])) {
      start++;
    }
    while (end > start && isBlank(block[end - 1])) {
      end--;
    }
    long value = 0;
    for (int i = start; i < end && block[i] != 0; i++) {
      int digit = block[i] - '0';
      if (digit < 0 || digit > 7) {
        throw bad(field, "is no octal number");
      }
      if (value >>> 60 != 0) {
        throw bad(field, "does not fit 64 bits");
      }
      value = value << 3 | digit;
    }
    return value;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == 0;
  }

  CorruptContentException bad(String field, String what) {
    return new CorruptContentException(
        "tar header at offset "
            + position
            + " ('"
            + text(0, 100)
            + "'): its "
            + field
            + " "
            + what);
  }
}
