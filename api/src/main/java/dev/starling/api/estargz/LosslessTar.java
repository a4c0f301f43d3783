package dev.starling.api.estargz;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.tar.TarEntry;
import dev.starling.api.tar.TarPath;
import dev.starling.api.tar.TarReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/**
 * Lays a tar out without changing a byte of it. Whatever is read between the files' content goes to
 * the assembler as it comes: headers, global ones too, padding, the archive's end and what follows
 * it. For one thread.
 */
final class LosslessTar {

  private final TarAssembler assembler;
  private final Structure input;
  private final TarReader reader;

  /**
   * @param tar the decompressed layer, buffered
   */
  LosslessTar(InputStream tar, TarAssembler assembler) {
    this.assembler = assembler;
    this.input = new Structure(tar);
    this.reader = new TarReader(input);
  }

  /**
   * Copies the tar to its end.
   *
   * @throws CorruptContentException if it is damaged, or holds a TOC already
   */
  void copy(LayerNames names) throws IOException, InterruptedException {
    for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
      if (TarPath.clean(entry.name()).equals(GzipFormat.TOC_NAME)) {
        throw new CorruptContentException(
            "the layer holds a TOC already ("
                + GzipFormat.TOC_NAME
                + "), which cannot stay when every byte shall; convert the original image instead,"
                + " or without keeping diff IDs");
      }
      names.add(entry);
      input.content = true;
      assembler.addContent(entry, reader);
      input.content = false;
    }
    reader.drain();
  }

  /** Hands on what is read that is no file's content. */
  private final class Structure extends FilterInputStream {
    private boolean content;

    Structure(InputStream tar) {
      super(tar);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = in.read(buffer, offset, length);
      if (read > 0 && !content) {
        try {
          assembler.append(buffer, offset, read);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw (IOException)
              new InterruptedIOException("converting the layer was interrupted").initCause(e);
        }
      }
      return read;
    }

    @Override
    public long skip(long n) {
      throw new UnsupportedOperationException("every byte has to be read");
    }
  }
}
