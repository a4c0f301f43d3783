package dev.starling.api.estargz;

import io.airlift.compress.v3.deflate.DeflateNativeCompressor;
import java.lang.foreign.MemorySegment;
import java.util.zip.Deflater;

/** Compresses whole buffers to raw deflate data. For one thread. */
sealed interface DeflateEngine extends AutoCloseable {

  /** The most bytes that {@code length} bytes can become. */
  int bound(int length);

  /**
   * Compresses all of {@code in}.
   *
   * @param out at least as large as {@link #bound} says
   * @return the number of bytes written
   */
  int compress(MemorySegment in, MemorySegment out);

  @Override
  void close();

  /** libdeflate; its memory is freed when this object is collected. */
  final class Libdeflate implements DeflateEngine {
    private final DeflateNativeCompressor compressor;

    Libdeflate(int level) {
      compressor = new DeflateNativeCompressor(level);
    }

    @Override
    public int bound(int length) {
      return compressor.maxCompressedLength(length);
    }

    @Override
    public int compress(MemorySegment in, MemorySegment out) {
      return compressor.compress(in, out);
    }

    @Override
    public void close() {
      // The library's wrapper offers no way to free it earlier.
    }
  }

  /** The Java runtime's zlib. */
  final class Zlib implements DeflateEngine {
    private final Deflater deflater;

    Zlib(int level) {
      deflater = new Deflater(level, true);
    }

    @Override
    public int bound(int length) {
      // zlib stores what it cannot shrink, in blocks of at least 8 KiB with 5 bytes each.
      return length + (length >>> 10) + 64;
    }

    @Override
    public int compress(MemorySegment in, MemorySegment out) {
      deflater.reset();
      deflater.setInput(in.asByteBuffer());
      deflater.finish();
      int written = deflater.deflate(out.asByteBuffer());
      if (!deflater.finished()) {
        throw new IllegalStateException("zlib needs more room than it says");
      }
      return written;
    }

    @Override
    public void close() {
      deflater.end();
    }
  }
}
