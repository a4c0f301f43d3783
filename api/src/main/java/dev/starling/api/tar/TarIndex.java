package dev.starling.api.tar;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tar kept in a temporary file, so that its entries can be read in any order. The file has no
 * name: it is gone when the index is closed or the process ends. Not thread-safe.
 */
public final class TarIndex implements Closeable {

  /**
   * Where an entry lies.
   *
   * @param path its clean path
   * @param type what it is
   * @param linkName a link's target as it stands in the tar
   * @param position where its first header block lies
   */
  public record Item(String path, TarType type, String linkName, long position) {}

  private final FileChannel file;
  private final List<Item> items;

  private TarIndex(FileChannel file, List<Item> items) {
    this.file = file;
    this.items = items;
  }

  /**
   * Reads a whole tar and keeps it.
   *
   * @param tar the decompressed stream, read to its end, not closed
   * @param folder where the temporary file is made; needs room for the whole tar
   */
  public static TarIndex build(InputStream tar, Path folder) throws IOException {
    Path path = Files.createTempFile(folder, "starling-", ".tar");
    FileChannel file;
    try {
      file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } finally {
      Files.delete(path);
    }
    try {
      return new TarIndex(file, spool(tar, file));
    } catch (IOException | RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  private static List<Item> spool(InputStream tar, FileChannel file) throws IOException {
    List<Item> items = new ArrayList<>();
    try (SpoolingInput spool = new SpoolingInput(tar, file)) {
      TarReader reader = new TarReader(spool);
      for (TarEntry e = reader.next(); e != null; e = reader.next()) {
        items.add(new Item(TarPath.clean(e.name()), e.type(), e.linkName(), e.position()));
      }
      reader.drain();
    }
    return List.copyOf(items);
  }

  /** All the entries in the tar's order, also those that a later one of the same path replaces. */
  public List<Item> items() {
    return items;
  }

  /** Reads these entries in this order; one cursor at a time. */
  public TarCursor cursor(List<Item> order) {
    FileInput input = new FileInput(file);
    return new TarCursor() {
      private int next;
      private @Nullable TarReader current;

      @Override
      public @Nullable TarEntry next() throws IOException {
        if (next == order.size()) {
          return null;
        }
        long position = order.get(next++).position();
        input.seek(position);
        current = new TarReader(input, position);
        return current.next();
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        return current == null ? -1 : current.read(buffer, offset, length);
      }
    };
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
