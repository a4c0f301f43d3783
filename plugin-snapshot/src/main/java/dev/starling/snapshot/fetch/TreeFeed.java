package dev.starling.snapshot.fetch;

import dev.starling.api.estargz.TocEntry;
import dev.starling.api.estargz.TocVisitor;
import dev.starling.api.tar.TarPath;
import dev.starling.snapshot.layer.FileFacts;
import dev.starling.snapshot.layer.LayerTree;
import dev.starling.snapshot.layer.LayerTreeBuilder;
import dev.starling.snapshot.layer.NodeType;
import java.io.IOException;

/** Makes a tree and a table of chunks of a TOC's entries. Not thread-safe. */
final class TreeFeed implements TocVisitor {

  private static final String PREFETCH_LANDMARK = ".prefetch.landmark";
  private static final String NO_PREFETCH_LANDMARK = ".no.prefetch.landmark";

  private final LayerTreeBuilder builder = new LayerTreeBuilder();
  private final ChunkTable table = new ChunkTable();
  private long prefetchEnd;

  /**
   * @param unsaid how much is fetched first of a layer without a landmark, in bytes
   */
  TreeFeed(long unsaid) {
    this.prefetchEnd = unsaid;
  }

  @Override
  public void visit(TocEntry entry) throws IOException {
    String path = TarPath.clean(entry.name());
    switch (entry) {
      case TocEntry.Directory folder -> add(path, entry, NodeType.DIRECTORY, 0, 0);
      case TocEntry.RegularFile file -> addFile(path, file);
      case TocEntry.Symlink link -> add(path, entry, NodeType.SYMLINK, 0, 0, 0, 0, link.target());
      case TocEntry.HardLink link -> builder.addHardLink(path, link.target());
      case TocEntry.Device device ->
          add(
              path,
              entry,
              device.block() ? NodeType.BLOCK_DEVICE : NodeType.CHAR_DEVICE,
              0,
              0,
              device.major(),
              device.minor(),
              "");
      case TocEntry.Fifo fifo -> add(path, entry, NodeType.FIFO, 0, 0);
    }
  }

  private void addFile(String path, TocEntry.RegularFile file) throws IOException {
    if (path.equals(NO_PREFETCH_LANDMARK)) {
      prefetchEnd = 0;
    } else if (path.equals(PREFETCH_LANDMARK) && !file.chunks().isEmpty()) {
      prefetchEnd = file.chunks().getFirst().offset();
    }
    // A format's own files are not read, and their chunks only add to what is fetched.
    if (!LayerTreeBuilder.isAdded(path)) {
      long content = file.chunks().isEmpty() ? 0 : table.add(file.name(), file.chunks());
      add(path, file, NodeType.REGULAR, file.size(), content);
    }
  }

  private void add(String path, TocEntry entry, NodeType type, long size, long content)
      throws IOException {
    add(path, entry, type, size, content, 0, 0, "");
  }

  private void add(
      String path,
      TocEntry entry,
      NodeType type,
      long size,
      long content,
      long major,
      long minor,
      String target)
      throws IOException {
    TocEntry.Attributes attributes = entry.attributes();
    var time = attributes.modTime();
    builder.add(
        path,
        new FileFacts(
            type,
            attributes.mode(),
            attributes.uid(),
            attributes.gid(),
            time == null ? 0 : time.getEpochSecond(),
            0,
            size,
            content,
            major,
            minor,
            target,
            attributes.xattrs()));
  }

  /** Where in the layer that ends which is fetched first. */
  long prefetchEnd() {
    return prefetchEnd;
  }

  /** The chunks of all files; nothing can be added any more. */
  ChunkTable table() {
    table.trim();
    return table;
  }

  /** The files; nothing can be added any more. */
  LayerTree tree() throws IOException {
    return builder.build();
  }
}
