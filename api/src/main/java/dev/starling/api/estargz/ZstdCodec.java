package dev.starling.api.estargz;

import io.airlift.compress.v3.zstd.ZstdCompressor;
import io.airlift.compress.v3.zstd.ZstdJavaCompressor;
import io.airlift.compress.v3.zstd.ZstdNativeCompressor;
import java.lang.foreign.MemorySegment;

/** The libraries that can compress a zstd:chunked layer. */
public enum ZstdCodec {
  /** The native library that comes along for Linux and macOS. */
  NATIVE("zstd"),
  /** The one in Java, for all other machines; it has one level, like zstd's 3. */
  JAVA("zstd in Java");

  private final String displayName;

  ZstdCodec(String displayName) {
    this.displayName = displayName;
  }

  /** The best one that works on this machine. */
  public static ZstdCodec best() {
    if (!ZstdNativeCompressor.isEnabled()) {
      return JAVA;
    }
    ExtractedLibrary.deleteFile("zstd");
    return NATIVE;
  }

  /** The library's name. */
  public String displayName() {
    return displayName;
  }

  /** A compressor for one thread. */
  MemberWriter open(int level) {
    return new Frames(
        switch (this) {
          case NATIVE -> new ZstdNativeCompressor(level);
          case JAVA -> new ZstdJavaCompressor();
        });
  }

  /** Writes zstd frames that name their content's length. */
  private record Frames(ZstdCompressor compressor) implements MemberWriter {

    @Override
    public int bound(int length) {
      return compressor.maxCompressedLength(length);
    }

    @Override
    public int write(MemorySegment in, MemorySegment out) {
      return compressor.compress(in, out);
    }

    @Override
    public void close() {
      // The library holds nothing between calls that could be freed.
    }
  }
}
