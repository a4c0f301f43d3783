package dev.starling.api.estargz;

import dev.starling.api.tar.TarEntry;
import dev.starling.api.tar.TarType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * The gzip members of an eStargz layer, its footer, and the tar entries that it adds.
 *
 * <pre>
 * member:  1f 8b 08 00 | mtime 0 (4) | 00 ff | deflate data | CRC-32 (4) | length (4)
 * footer:  1f 8b 08 04 | mtime 0 (4) | 00 ff | 1a 00 'S' 'G' 16 00 | offset of the TOC member,
 *          16 hex digits | "STARGZ" | 01 00 00 ff ff | CRC-32 0 (4) | length 0 (4)
 * or, if the TOC is external:
 *          1f 8b 08 04 | mtime 0 (4) | 00 ff | 15 00 'S' 'G' 11 00 | "STARGZEXTERNALTOC" |
 *          01 00 00 ff ff | CRC-32 0 (4) | length 0 (4)
 * </pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>
 */
final class GzipFormat {

  static final String TOC_NAME = "stargz.index.json";
  static final String PREFETCH_LANDMARK = ".prefetch.landmark";
  static final String NO_PREFETCH_LANDMARK = ".no.prefetch.landmark";
  static final byte[] LANDMARK_CONTENT = {0x0f};

  /** What a member needs besides its deflate data, in bytes. */
  static final int OVERHEAD = 18;

  /** How many bytes of a member come before its extra field or data. */
  static final int HEADER = 10;

  private static final int END_OF_ARCHIVE = 2 * TarEntry.BLOCK;
  private static final byte[] MEMBER_START = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
  private static final ValueLayout.OfInt LITTLE_ENDIAN =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private GzipFormat() {}

  /**
   * Writes one member.
   *
   * @param out has room for the engine's bound and {@link #OVERHEAD}
   * @return the number of bytes written
   */
  static int writeMember(DeflateEngine engine, MemorySegment in, MemorySegment out) {
    MemorySegment.copy(MEMBER_START, 0, out, ValueLayout.JAVA_BYTE, 0, HEADER);
    int deflated = engine.compress(in, out.asSlice(HEADER, out.byteSize() - OVERHEAD));
    CRC32 crc = new CRC32();
    crc.update(in.asByteBuffer());
    out.set(LITTLE_ENDIAN, HEADER + deflated, (int) crc.getValue());
    out.set(LITTLE_ENDIAN, HEADER + deflated + 4L, (int) in.byteSize());
    return deflated + OVERHEAD;
  }

  /** The last 51 bytes of a layer with its TOC inside. */
  static byte[] footer(long tocOffset) {
    return footer(Footer.ESTARGZ_SIZE, "SG\u0016\0%016xSTARGZ".formatted(tocOffset));
  }

  /** The last 46 bytes of a layer with an external TOC. */
  static byte[] externalFooter() {
    return footer(Footer.EXTERNAL_SIZE, "SG\u0011\0STARGZEXTERNALTOC");
  }

  private static byte[] footer(int size, String text) {
    byte[] footer = new byte[size];
    System.arraycopy(MEMBER_START, 0, footer, 0, HEADER);
    footer[3] = 4;
    footer[HEADER] = (byte) text.length();
    byte[] extra = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(extra, 0, footer, HEADER + 2, extra.length);
    int at = HEADER + 2 + extra.length;
    footer[at] = 1;
    footer[at + 3] = (byte) 0xff;
    footer[at + 4] = (byte) 0xff;
    return footer;
  }

  /** The TOC as a complete tar. */
  static MemorySegment tocTar(Arena arena, TocBuffer json) {
    byte[] header = tarHeader(TOC_NAME, json.size());
    int padding = -json.size() & (TarEntry.BLOCK - 1);
    MemorySegment tar =
        arena.allocate((long) header.length + json.size() + padding + END_OF_ARCHIVE);
    MemorySegment.copy(header, 0, tar, ValueLayout.JAVA_BYTE, 0, header.length);
    json.copyTo(tar, header.length);
    return tar;
  }

  /** A landmark as a tar entry. */
  static TarEntry landmark(String name) {
    return new TarEntry(
        name,
        TarType.REGULAR,
        "",
        LANDMARK_CONTENT.length,
        0,
        0,
        0,
        "",
        "",
        0,
        0,
        0,
        0,
        Map.of(),
        0,
        tarHeader(name, LANDMARK_CONTENT.length));
  }

  /** A USTAR header of a regular file that belongs to nobody and has no time. */
  static byte[] tarHeader(String name, long size) {
    byte[] header = new byte[TarEntry.BLOCK];
    put(header, 0, name);
    put(header, 100, "0000000");
    put(header, 108, "0000000");
    put(header, 116, "0000000");
    put(header, 124, "%011o".formatted(size));
    put(header, 136, "00000000000");
    Arrays.fill(header, 148, 156, (byte) ' ');
    header[156] = '0';
    put(header, 257, "ustar");
    put(header, 263, "00");
    put(header, 329, "0000000");
    put(header, 337, "0000000");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    return header;
  }

  private static void put(byte[] header, int offset, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }
}
