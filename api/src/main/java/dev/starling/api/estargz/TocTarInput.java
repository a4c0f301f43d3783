package dev.starling.api.estargz;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.tar.TarEntry;
import dev.starling.api.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;

/** The first file of a tar, which has to be the TOC. Closing it closes the tar's stream. */
final class TocTarInput extends InputStream {

  private final InputStream source;
  private final TarReader tar;

  private TocTarInput(InputStream source, TarReader tar) {
    this.source = source;
    this.tar = tar;
  }

  /**
   * Goes to the TOC.
   *
   * @param source a tar; closed with the result, or if this throws
   * @throws CorruptContentException if its first entry is another
   */
  static TocTarInput open(InputStream source) throws IOException {
    try {
      TarReader tar = new TarReader(source);
      TarEntry entry = tar.next();
      if (entry == null || !entry.name().equals(GzipFormat.TOC_NAME)) {
        throw new CorruptContentException(
            "the layer has no " + GzipFormat.TOC_NAME + " where its footer says");
      }
      return new TocTarInput(source, tar);
    } catch (IOException | RuntimeException e) {
      source.close();
      throw e;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    return length == 0 ? 0 : tar.read(buffer, offset, length);
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
