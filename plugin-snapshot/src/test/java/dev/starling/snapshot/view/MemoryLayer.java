package dev.starling.snapshot.view;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.MediaType;
import dev.starling.snapshot.layer.FileFacts;
import dev.starling.snapshot.layer.Layer;
import dev.starling.snapshot.layer.LayerStatistics;
import dev.starling.snapshot.layer.LayerTree;
import dev.starling.snapshot.layer.LayerTreeBuilder;
import dev.starling.snapshot.layer.Laziness;
import dev.starling.snapshot.layer.Node;
import dev.starling.snapshot.layer.NodeType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A layer in memory. */
final class MemoryLayer implements Layer {
  private final LayerTree tree;
  private final List<byte[]> contents;

  private MemoryLayer(LayerTree tree, List<byte[]> contents) {
    this.tree = tree;
    this.contents = List.copyOf(contents);
  }

  /** Puts a layer together. */
  static final class Builder {
    private final LayerTreeBuilder tree = new LayerTreeBuilder();
    private final List<byte[]> contents = new ArrayList<>();

    Builder file(String path, String content) throws CorruptContentException {
      return file(path, content, 0644, Map.of());
    }

    Builder file(String path, String content, int mode, Map<String, byte[]> xattrs)
        throws CorruptContentException {
      byte[] bytes = content.getBytes(UTF_8);
      contents.add(bytes);
      tree.add(
          path,
          new FileFacts(
              NodeType.REGULAR,
              mode,
              1,
              2,
              1_000 + contents.size(),
              contents.size(),
              bytes.length,
              contents.size() - 1,
              0,
              0,
              "",
              xattrs));
      return this;
    }

    Builder directory(String path, int mode, long mtime, Map<String, byte[]> xattrs)
        throws CorruptContentException {
      tree.add(
          path, new FileFacts(NodeType.DIRECTORY, mode, 3, 4, mtime, 5, 0, 0, 0, 0, "", xattrs));
      return this;
    }

    Builder directory(String path) throws CorruptContentException {
      return directory(path, 0755, 7_000, Map.of());
    }

    Builder symlink(String path, String target) throws CorruptContentException {
      tree.add(
          path,
          new FileFacts(NodeType.SYMLINK, 0777, 5, 6, 3_000, 0, 0, 0, 0, 0, target, Map.of()));
      return this;
    }

    Builder device(String path, int major, int minor) throws CorruptContentException {
      tree.add(
          path,
          new FileFacts(
              NodeType.CHAR_DEVICE, 0600, 0, 0, 4_000, 0, 0, 0, major, minor, "", Map.of()));
      return this;
    }

    Builder fifo(String path) throws CorruptContentException {
      tree.add(path, new FileFacts(NodeType.FIFO, 0640, 0, 0, 5_000, 0, 0, 0, 0, 0, "", Map.of()));
      return this;
    }

    Builder hardLink(String path, String target) throws CorruptContentException {
      tree.addHardLink(path, target);
      return this;
    }

    /** An entry of no size, such as those that hide something. */
    Builder mark(String path) throws CorruptContentException {
      return file(path, "");
    }

    MemoryLayer build() throws CorruptContentException {
      return new MemoryLayer(tree.build(), contents);
    }
  }

  @Override
  public Descriptor descriptor() {
    return Descriptor.of(
        new MediaType("application/vnd.oci.image.layer.v1.tar+gzip"),
        Digest.sha256(new byte[0]),
        0);
  }

  @Override
  public Laziness laziness() {
    return new Laziness.Lazy("memory");
  }

  @Override
  public LayerTree tree() {
    return tree;
  }

  @Override
  public int read(Node file, long fileOffset, ByteBuffer target) {
    byte[] bytes = contents.get((int) tree.content(file));
    int length = (int) Math.min(target.remaining(), Math.max(0, bytes.length - fileOffset));
    target.put(bytes, (int) Math.min(fileOffset, bytes.length), length);
    return length;
  }

  @Override
  public LayerStatistics statistics() {
    return new LayerStatistics(0, 0, 0, 0, 0, 0);
  }

  @Override
  public void close() {}
}
