package dev.starling.api.estargz;

import dev.starling.api.content.RandomAccessBlob;
import dev.starling.api.tar.Decompression;
import dev.starling.api.tar.TarPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A verified TOC: the files of a layer as a tree. Immutable and thread-safe. */
public final class Toc {

  private final List<TocEntry> entries;
  private final TocNode root;
  private final Decompression compression;

  Toc(List<TocEntry> entries, TocNode root, Decompression compression) {
    this.entries = List.copyOf(entries);
    this.root = root;
    this.compression = compression;
  }

  /** All entries in the TOC's order, also those that a later one of the same path replaces. */
  public List<TocEntry> entries() {
    return entries;
  }

  /** The layer's root folder. */
  public TocNode root() {
    return root;
  }

  /**
   * The file of that path, for a hard link the file that it links to.
   *
   * @param path cleaned as in {@link TarPath#clean}
   * @return the file, or null if there is none
   */
  public @Nullable TocNode find(String path) {
    TocNode node = root;
    String clean = TarPath.clean(path);
    int start = 0;
    while (node != null && start < clean.length()) {
      int slash = clean.indexOf('/', start);
      int end = slash < 0 ? clean.length() : slash;
      node = node.child(clean.substring(start, end));
      start = end + 1;
    }
    return node;
  }

  /** Reads the content of this TOC's chunks from the layer. */
  public ChunkReader open(RandomAccessBlob layer) {
    return new ChunkReader(layer, compression);
  }
}
