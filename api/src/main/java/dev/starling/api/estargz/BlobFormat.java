package dev.starling.api.estargz;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a layer's members are compressed and what follows the last of them. Thread-safe. */
sealed interface BlobFormat
    permits BlobFormat.Estargz, BlobFormat.ExternalToc, BlobFormat.ZstdChunked {

  /** The format that comes with a compression; for gzip, also with the TOC's place. */
  static BlobFormat of(Compression compression) {
    return switch (compression) {
      case Compression.Gzip(int level, TocPlacement toc) -> {
        Estargz whole = new Estargz(Codec.best(), level);
        yield switch (toc) {
          case INSIDE -> whole;
          case EXTERNAL, EXTERNAL_LOSSLESS -> new ExternalToc(whole);
        };
      }
      case Compression.Zstd(int level) -> new ZstdChunked(ZstdCodec.best(), level);
    };
  }

  /** A writer of members for one thread. */
  MemberWriter open();

  /**
   * Makes what follows the members, the TOC and the footer, or a TOC apart.
   *
   * @param arena for the result's memory
   * @param offset where in the layer it begins, in bytes
   */
  Tail tail(Arena arena, TocBuffer json, long offset);

  /** Why the result is not the one that other machines get, or null if it is. */
  @Nullable String warning();

  /**
   * The end of a layer.
   *
   * @param tar what of it counts as decompressed bytes of the layer
   * @param parts the bytes to write, in this order
   * @param manifest what zstd:chunked's annotations say, or null for other formats
   * @param toc the bytes of the blob that the TOC is apart, or null if it is in the layer
   */
  record Tail(
      MemorySegment tar,
      List<MemorySegment> parts,
      @Nullable ZstdManifest manifest,
      @Nullable MemorySegment toc) {}

  /** eStargz with its TOC inside. */
  record Estargz(Codec codec, int level) implements BlobFormat {

    @Override
    public MemberWriter open() {
      return new GzipMembers(codec.open(level));
    }

    @Override
    public Tail tail(Arena arena, TocBuffer json, long offset) {
      MemorySegment tar = GzipFormat.tocTar(arena, json);
      MemorySegment footer = copy(arena, GzipFormat.footer(offset));
      return new Tail(tar, List.of(member(arena, tar), footer), null, null);
    }

    private MemorySegment member(Arena arena, MemorySegment tar) {
      try (MemberWriter writer = open()) {
        MemorySegment member = arena.allocate(writer.bound(Math.toIntExact(tar.byteSize())));
        return member.asSlice(0, writer.write(tar, member));
      }
    }

    private static MemorySegment copy(Arena arena, byte[] bytes) {
      return arena.allocate(bytes.length).copyFrom(MemorySegment.ofArray(bytes));
    }

    @Override
    public @Nullable String warning() {
      return codec == Codec.LIBDEFLATE
          ? null
          : fallback(codec.displayName(), Codec.LIBDEFLATE.displayName());
    }
  }

  /**
   * eStargz with its TOC apart.
   *
   * @param whole the same with the TOC inside
   */
  record ExternalToc(Estargz whole) implements BlobFormat {

    @Override
    public MemberWriter open() {
      return whole.open();
    }

    @Override
    public Tail tail(Arena arena, TocBuffer json, long offset) {
      MemorySegment footer = Estargz.copy(arena, GzipFormat.externalFooter());
      MemorySegment toc = whole.member(arena, GzipFormat.tocTar(arena, json));
      return new Tail(MemorySegment.NULL, List.of(footer), null, toc);
    }

    @Override
    public @Nullable String warning() {
      return whole.warning();
    }
  }

  /** zstd:chunked. */
  record ZstdChunked(ZstdCodec codec, int level) implements BlobFormat {

    @Override
    public MemberWriter open() {
      return codec.open(level);
    }

    @Override
    public Tail tail(Arena arena, TocBuffer json, long offset) {
      try (MemberWriter writer = open()) {
        return ZstdFormat.tail(arena, json, offset, writer);
      }
    }

    @Override
    public @Nullable String warning() {
      return codec == ZstdCodec.NATIVE
          ? null
          : fallback(codec.displayName(), ZstdCodec.NATIVE.displayName());
    }
  }

  private static String fallback(String used, String best) {
    return "compressed with "
        + used
        + ", because "
        + best
        + " does not load on this machine: slower, and digests differ from other machines'";
  }
}
