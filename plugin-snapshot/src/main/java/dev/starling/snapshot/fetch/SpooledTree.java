package dev.starling.snapshot.fetch;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.tar.TarEntry;
import dev.starling.api.tar.TarPath;
import dev.starling.api.tar.TarReader;
import dev.starling.api.tar.TarType;
import dev.starling.snapshot.cache.Spool;
import dev.starling.snapshot.layer.FileFacts;
import dev.starling.snapshot.layer.LayerTree;
import dev.starling.snapshot.layer.LayerTreeBuilder;
import dev.starling.snapshot.layer.NodeType;
import java.io.IOException;

/** Makes a tree of the entries of a spooled tar; a file's content is its position in the spool. */
final class SpooledTree {

  private SpooledTree() {}

  /**
   * Reads the headers only.
   *
   * @throws CorruptContentException if the tar is damaged
   */
  static LayerTree of(Spool spool) throws IOException {
    LayerTreeBuilder builder = new LayerTreeBuilder();
    SpoolInput input = new SpoolInput(spool);
    long position = 0;
    while (true) {
      input.seek(position);
      // A reader for each entry: one for all would read the payloads to get past them.
      TarReader tar = new TarReader(input);
      TarEntry entry = tar.next();
      if (entry == null) {
        return builder.build();
      }
      long payload = position + tar.position();
      if (entry.size() > spool.size() - payload) {
        throw new CorruptContentException(
            "tar ends inside '" + entry.name() + "'; the layer is truncated");
      }
      add(builder, entry, payload);
      position = payload + entry.size() + entry.padding();
    }
  }

  private static void add(LayerTreeBuilder builder, TarEntry entry, long payload)
      throws IOException {
    String path = TarPath.clean(entry.name());
    NodeType type =
        switch (entry.type()) {
          case DIRECTORY -> NodeType.DIRECTORY;
          case REGULAR -> NodeType.REGULAR;
          case SYMLINK -> NodeType.SYMLINK;
          case CHAR_DEVICE -> NodeType.CHAR_DEVICE;
          case BLOCK_DEVICE -> NodeType.BLOCK_DEVICE;
          case FIFO -> NodeType.FIFO;
          case HARD_LINK -> null;
        };
    if (type == null) {
      builder.addHardLink(path, TarPath.clean(entry.linkName()));
      return;
    }
    builder.add(
        path,
        new FileFacts(
            type,
            entry.mode(),
            entry.uid(),
            entry.gid(),
            entry.mtime(),
            entry.mtimeNanos(),
            entry.size(),
            payload,
            entry.devMajor(),
            entry.devMinor(),
            entry.type() == TarType.SYMLINK ? entry.linkName() : "",
            entry.xattrs()));
  }
}
