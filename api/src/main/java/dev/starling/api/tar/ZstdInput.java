package dev.starling.api.tar;

import dev.starling.api.content.CorruptContentException;
import io.airlift.compress.v3.MalformedInputException;
import java.io.IOException;
import java.io.InputStream;

/** Tells damaged zstd data apart from a failing source: the decompressor throws unchecked. */
final class ZstdInput extends InputStream {

  private final InputStream decompressed;
  private final InputStream source;

  /**
   * @param source what {@code decompressed} reads; closed with this stream
   */
  ZstdInput(InputStream decompressed, InputStream source) {
    this.decompressed = decompressed;
    this.source = source;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    try {
      return decompressed.read(target, offset, length);
    } catch (MalformedInputException | IllegalArgumentException e) {
      throw new CorruptContentException("zstd data is corrupt: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    try (source) {
      decompressed.close();
    }
  }
}
