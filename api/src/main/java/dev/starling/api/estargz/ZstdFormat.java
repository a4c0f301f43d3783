package dev.starling.api.estargz;

import dev.starling.api.image.Digest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The end of a zstd:chunked layer: two skippable frames after the members, each a frame of its own.
 *
 * <pre>
 * TOC:     50 2a 4d 18 | length (4) | zstd frame of the TOC JSON
 * footer:  50 2a 4d 18 | 28 00 00 00 | offset of the TOC's zstd frame (8) | its length (8) |
 *          length of the JSON (8) | manifest type 1 (8) | "GnUlInUx"
 * </pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8878#section-3.1.2">RFC 8878, section 3.1.2</a>
 */
final class ZstdFormat {

  /** The kind of TOC: the same JSON as eStargz's. */
  static final int MANIFEST_TYPE = 1;

  /** How many bytes of a skippable frame come before its content. */
  static final int SKIPPABLE_HEADER = 8;

  private static final int SKIPPABLE = 0x184d2a50;
  private static final byte[] MAGIC = "GnUlInUx".getBytes(StandardCharsets.US_ASCII);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private ZstdFormat() {}

  /** The TOC's frame and the footer's, for a layer whose members end at {@code offset}. */
  static BlobFormat.Tail tail(Arena arena, TocBuffer json, long offset, MemberWriter writer) {
    MemorySegment plain = arena.allocate(json.size());
    json.copyTo(plain, 0);
    MemorySegment frame = arena.allocate(SKIPPABLE_HEADER + (long) writer.bound(json.size()));
    int compressed = writer.write(plain, frame.asSlice(SKIPPABLE_HEADER));
    frame.set(INT, 0, SKIPPABLE);
    frame.set(INT, 4, compressed);
    SegmentHash hash = new SegmentHash();
    hash.update(frame.asSlice(SKIPPABLE_HEADER, compressed));
    ZstdManifest manifest =
        new ZstdManifest(
            Digest.of(hash.digest()), offset + SKIPPABLE_HEADER, compressed, json.size());
    return new BlobFormat.Tail(
        MemorySegment.NULL,
        List.of(frame.asSlice(0, SKIPPABLE_HEADER + (long) compressed), footer(arena, manifest)),
        manifest,
        null);
  }

  /** The layer's last 48 bytes. */
  private static MemorySegment footer(Arena arena, ZstdManifest manifest) {
    MemorySegment footer = arena.allocate(SKIPPABLE_HEADER + Footer.ZSTD_CHUNKED_SIZE);
    footer.set(INT, 0, SKIPPABLE);
    footer.set(INT, 4, Footer.ZSTD_CHUNKED_SIZE);
    footer.set(LONG, 8, manifest.offset());
    footer.set(LONG, 16, manifest.compressedSize());
    footer.set(LONG, 24, manifest.size());
    footer.set(LONG, 32, MANIFEST_TYPE);
    MemorySegment.copy(MAGIC, 0, footer, ValueLayout.JAVA_BYTE, 40, MAGIC.length);
    return footer;
  }
}
