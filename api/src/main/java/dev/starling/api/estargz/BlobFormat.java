package dev.starling.api.estargz;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a layer's members are compressed and what follows the last of them. Thread-safe. */
sealed interface BlobFormat permits BlobFormat.Estargz, BlobFormat.ZstdChunked {

  /** The format that comes with a compression. */
  static BlobFormat of(Compression compression) {
    return switch (compression) {
      case Compression.Gzip(int level) -> new Estargz(Codec.best(), level);
      case Compression.Zstd(int level) -> new ZstdChunked(ZstdCodec.best(), level);
    };
  }

  /** A writer of members for one thread. */
  MemberWriter open();

  /**
   * Makes what follows the members: the TOC and the footer.
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
   */
  record Tail(MemorySegment tar, List<MemorySegment> parts, @Nullable ZstdManifest manifest) {}

  /** eStargz with its TOC inside. */
  record Estargz(Codec codec, int level) implements BlobFormat {

    @Override
    public MemberWriter open() {
      return new GzipMembers(codec.open(level));
    }

    @Override
    public Tail tail(Arena arena, TocBuffer json, long offset) {
      MemorySegment tar = GzipFormat.tocTar(arena, json);
      try (MemberWriter writer = open()) {
        MemorySegment member = arena.allocate(writer.bound(Math.toIntExact(tar.byteSize())));
        int size = writer.write(tar, member);
        MemorySegment footer = arena.allocate(Footer.ESTARGZ_SIZE);
        footer.copyFrom(MemorySegment.ofArray(GzipFormat.footer(offset)));
        return new Tail(tar, List.of(member.asSlice(0, size), footer), null);
      }
    }

    @Override
    public @Nullable String warning() {
      return codec == Codec.LIBDEFLATE
          ? null
          : fallback(codec.displayName(), Codec.LIBDEFLATE.displayName());
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
