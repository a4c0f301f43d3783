package dev.starling.api.estargz;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.image.Digest;
import dev.starling.api.tar.Decompression;
import dev.starling.api.tar.TarPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns a TOC's rows into entries, as they come: folds chunks into their files and checks every
 * number. Keeps back the rows of which it is not yet known where the next data begin. Not
 * thread-safe.
 */
final class TocBuilder implements TocParser.Rows {

  /** Linux has no longer paths. */
  static final int MAX_PATH = 4096;

  /** The most chunks of one file, and the most files of one member. */
  static final int MAX_PENDING = 200_000;

  private final long contentEnd;
  private final long maxRatio;
  private final TocVisitor visitor;
  private final Map<Long, String> userNames = new HashMap<>();
  private final Map<Long, String> groupNames = new HashMap<>();
  private final List<TocRow> rows = new ArrayList<>();
  private final List<Long> ends = new ArrayList<>();
  private boolean contentPending;
  private int count;

  /**
   * Tells the visitor of each entry as soon as it is complete.
   *
   * @param contentEnd where in the layer the files' content ends
   * @param compression how it is compressed
   */
  TocBuilder(long contentEnd, Decompression compression, TocVisitor visitor) {
    this.contentEnd = contentEnd;
    this.maxRatio = maxRatio(compression);
    this.visitor = visitor;
  }

  /** What a byte can become at most; more is a lie that would only cost memory. */
  private static long maxRatio(Decompression compression) {
    return switch (compression) {
      case NONE -> 1;
      case GZIP -> 1032;
      // A block of 128 KiB that repeats one byte takes 4.
      case ZSTD -> 32 << 10;
    };
  }

  @Override
  public void add(TocRow row) throws IOException {
    boolean begins = row.hasContent() && row.offset() != 0 && row.innerOffset() == 0;
    if (begins || !contentPending) {
      endRows(row.offset());
      if (!row.isChunk()) {
        flush();
      }
    }
    if (rows.size() >= MAX_PENDING) {
      throw corrupt(row, "is one of more than " + MAX_PENDING + " that lie together");
    }
    rows.add(row);
    count++;
    contentPending |= row.hasContent();
  }

  /** Hands over what is left. */
  void finish() throws IOException {
    endRows(contentEnd);
    flush();
  }

  /** The next compressed data after all these rows begin there. */
  private void endRows(long end) {
    while (ends.size() < rows.size()) {
      ends.add(end);
    }
    contentPending = false;
  }

  private void flush() throws IOException {
    int next = 0;
    while (next < rows.size()) {
      int end = next + 1;
      while (end < rows.size() && rows.get(end).isChunk()) {
        end++;
      }
      visitor.visit(entry(next, end));
      next = end;
    }
    rows.clear();
    ends.clear();
  }

  private TocEntry entry(int first, int end) throws CorruptContentException {
    TocRow row = rows.get(first);
    if (row.isChunk() || (end > first + 1 && !(row.isFile() && row.size() > 0))) {
      throw corrupt(row, "has a chunk without a file before it");
    }
    if (row.name().length() > MAX_PATH || row.linkName().length() > MAX_PATH) {
      throw new CorruptContentException(
          "the TOC has a name of more than "
              + MAX_PATH
              + " characters, in its entry "
              + (count - rows.size() + first));
    }
    Attributes attributes = new Attributes(row);
    return switch (row.type()) {
      case "dir" -> new TocEntry.Directory(row.name(), attributes.value);
      case "reg" -> file(first, end, attributes.value);
      case "symlink" -> new TocEntry.Symlink(row.name(), attributes.value, row.linkName());
      case "hardlink" ->
          new TocEntry.HardLink(row.name(), attributes.value, TarPath.clean(row.linkName()));
      case "char", "block" ->
          new TocEntry.Device(
              row.name(),
              attributes.value,
              row.type().equals("block"),
              row.devMajor(),
              row.devMinor());
      case "fifo" -> new TocEntry.Fifo(row.name(), attributes.value);
      default -> throw corrupt(row, "is of the unknown type '" + row.type() + "'");
    };
  }

  private TocEntry file(int first, int end, TocEntry.Attributes attributes)
      throws CorruptContentException {
    TocRow file = rows.get(first);
    if (file.size() < 0) {
      throw corrupt(file, "has a size of " + file.size());
    }
    Digest whole = digest(file, file.digest());
    List<Chunk> chunks = new ArrayList<>();
    long at = 0;
    for (int i = first; i < end && file.size() > 0; i++) {
      Chunk chunk = chunk(file, i, end - first == 1 ? whole : null);
      if (chunk.fileOffset() != at) {
        throw corrupt(file, "has a chunk for " + chunk.fileOffset() + ", expected " + at);
      }
      at += chunk.size();
      chunks.add(chunk);
    }
    if (at != file.size()) {
      throw corrupt(file, "has chunks for " + at + " of its " + file.size() + " bytes");
    }
    return new TocEntry.RegularFile(file.name(), attributes, file.size(), whole, chunks);
  }

  private Chunk chunk(TocRow file, int index, @Nullable Digest whole)
      throws CorruptContentException {
    TocRow row = rows.get(index);
    if (!row.name().equals(file.name())) {
      throw corrupt(row, "has a chunk among those of '" + file.name() + "'");
    }
    if (row.chunkOffset() < 0 || row.chunkOffset() >= file.size()) {
      throw corrupt(file, "has a chunk for " + row.chunkOffset() + ", beyond its end");
    }
    long rest = file.size() - row.chunkOffset();
    long size = row.chunkSize() == 0 ? rest : row.chunkSize();
    long end = ends.get(index);
    if (row.offset() < 0 || row.offset() >= end || end > contentEnd) {
      throw corrupt(
          file,
          "has a chunk at offset "
              + row.offset()
              + "; expected one below "
              + Math.min(end, contentEnd));
    }
    long compressed = end - row.offset();
    long most = compressed > Long.MAX_VALUE / maxRatio ? Long.MAX_VALUE : compressed * maxRatio;
    if (size < 0 || size > rest || row.innerOffset() < 0 || row.innerOffset() > most - size) {
      throw corrupt(
          file,
          "has a chunk of "
              + size
              + " bytes at offset "
              + row.offset()
              + ", more than can be there");
    }
    Digest digest = digest(file, row, whole);
    return new Chunk(row.chunkOffset(), size, row.offset(), row.innerOffset(), end, digest);
  }

  /** The chunk's digest; the only chunk of a file may leave it to the file's, and mostly has it. */
  private static Digest digest(TocRow file, TocRow row, @Nullable Digest whole)
      throws CorruptContentException {
    String text = row.chunkDigest();
    boolean same = text.isEmpty() || text.equals(file.digest());
    Digest digest = whole != null && same ? whole : digest(file, text);
    if (digest == null) {
      throw corrupt(file, "has a chunk at offset " + row.offset() + " without a digest");
    }
    return digest;
  }

  private static @Nullable Digest digest(TocRow row, String text) throws CorruptContentException {
    try {
      return text.isEmpty() ? null : Digest.parse(text);
    } catch (IllegalArgumentException e) {
      throw corrupt(row, "has a malformed digest: " + e.getMessage());
    }
  }

  private static CorruptContentException corrupt(TocRow row, String what) {
    String name = row.name().length() > 200 ? row.name().substring(0, 200) + "..." : row.name();
    return new CorruptContentException("the TOC's entry '" + name + "' " + what);
  }

  /** A row's attributes; owners' names are written only where they change. */
  private final class Attributes {
    private final TocEntry.Attributes value;

    Attributes(TocRow row) {
      value =
          new TocEntry.Attributes(
              row.mode(),
              row.uid(),
              row.gid(),
              carry(row.uid(), row.userName(), userNames),
              carry(row.gid(), row.groupName(), groupNames),
              TocTime.parse(row.modtime()),
              row.xattrs());
    }
  }

  private static String carry(long id, String name, Map<Long, String> names) {
    if (name.isEmpty()) {
      return names.getOrDefault(id, "");
    }
    names.put(id, name);
    return name;
  }
}
