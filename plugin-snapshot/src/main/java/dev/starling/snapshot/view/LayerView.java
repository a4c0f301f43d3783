package dev.starling.snapshot.view;

import dev.starling.fuse.Attributes;
import dev.starling.fuse.NodeType;
import dev.starling.fuse.ReadOnlyFileSystem;
import dev.starling.snapshot.layer.Layer;
import dev.starling.snapshot.layer.Node;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One layer as the lower directory of an overlay: what the layer hides is a character device 0:0 of
 * that name, and a folder that hides all below it has an extended attribute that says so. Where a
 * layer both hides a name and has a folder of that name, the folder is such a one. Thread-safe.
 *
 * <p>Two things overlayfs does not do, whatever it is shown: it does not heed the mark on a layer's
 * root, and in a folder that no other layer has it lists what is hidden, though nobody can open it.
 * {@link MergedView} does both right.
 */
public final class LayerView implements ReadOnlyFileSystem<LayerView.Shown> {
  private static final byte[] YES = {'y'};

  /**
   * A node as it is shown.
   *
   * @param node of the layer; for a whiteout the entry that stands for it
   * @param kind what is made of it
   * @param alone whether nothing of the layers below can be seen in it
   */
  record Shown(Node node, Kind kind, boolean alone) {}

  /** What is made of a node. */
  enum Kind {
    AS_IT_IS,
    OPAQUE,
    WHITEOUT
  }

  private final Layer layer;
  private final MergedView image;
  private final OpaqueMark mark;
  private final Usage usage;

  /**
   * Shows a layer. A folder that it has files in and no entry for is shown as the layers below have
   * it, for overlayfs takes a folder's owner, mode and time from the topmost layer that shows it.
   *
   * @param layer to be closed by the caller when this is not used any more
   * @param below the layers that the image has below it, base first
   * @param mark what the overlay above looks for
   */
  public LayerView(Layer layer, List<Layer> below, OpaqueMark mark) {
    this.layer = layer;
    List<Layer> all = new ArrayList<>(below);
    all.add(layer);
    this.image = new MergedView(all);
    this.mark = mark;
    this.usage = usage(layer);
  }

  static Usage usage(Layer layer) {
    long bytes = 0;
    for (int id = 0; id < layer.tree().size(); id++) {
      // A hostile layer may claim files of any size.
      bytes =
          Math.min(Long.MAX_VALUE / 2, bytes + Math.min(1L << 50, layer.tree().node(id).size()));
    }
    return new Usage(bytes, layer.tree().size());
  }

  @Override
  public Shown root() {
    Node root = layer.tree().root();
    boolean opaque = Whiteouts.isOpaque(root);
    return new Shown(root, opaque ? Kind.OPAQUE : Kind.AS_IT_IS, opaque);
  }

  @Override
  public @Nullable Shown lookup(Shown directory, String name) {
    if (!Whiteouts.isShown(name)) {
      return null;
    }
    Node folder = directory.node();
    Node child = folder.child(name);
    if (child == null) {
      Node whiteout = directory.alone() ? null : Whiteouts.whiteout(folder, name);
      return whiteout == null ? null : new Shown(whiteout, Kind.WHITEOUT, true);
    }
    boolean opaque = child.isDirectory() && Whiteouts.isOpaque(folder, name, child);
    return new Shown(child, opaque ? Kind.OPAQUE : Kind.AS_IT_IS, opaque || directory.alone());
  }

  @Override
  public Attributes attributes(Shown shown) {
    Node node = shown.node();
    return switch (shown.kind()) {
      case AS_IT_IS, OPAQUE -> NodeFacts.attributes(described(node), inode(node), node.links());
      case WHITEOUT ->
          new Attributes(
              NodeType.CHARACTER_DEVICE, inode(node), 0, 1, 0, 0, 0, 0, 0, Instant.EPOCH);
    };
  }

  /** The node that says what this one is like. */
  private Node described(Node node) {
    if (!node.isImplied()) {
      return node;
    }
    MergedView.@Nullable Merged merged = image.root();
    String path = layer.tree().path(node);
    for (String name : path.isEmpty() ? new String[0] : path.split("/", -1)) {
      merged = merged == null ? null : image.lookup(merged, name);
    }
    return merged == null ? node : MergedView.source(merged);
  }

  private static long inode(Node node) {
    return node.id() + 1L;
  }

  @Override
  public void list(Shown directory, EntrySink sink) {
    Node folder = directory.node();
    for (Node.Named entry : folder.children()) {
      Node node = entry.node();
      if (Whiteouts.isShown(entry.name())) {
        sink.accept(entry.name(), inode(node), NodeFacts.type(node));
        continue;
      }
      String hidden = Whiteouts.hiddenBy(entry.name());
      if (!directory.alone() && !hidden.isEmpty() && folder.child(hidden) == null) {
        sink.accept(hidden, inode(node), NodeType.CHARACTER_DEVICE);
      }
    }
  }

  @Override
  public void read(Shown file, long offset, ByteBuffer target) throws IOException {
    layer.read(file.node(), offset, target);
  }

  @Override
  public String readLink(Shown link) {
    return link.node().linkTarget();
  }

  @Override
  public byte @Nullable [] extendedAttribute(Shown shown, String name) {
    return switch (shown.kind()) {
      case AS_IT_IS -> NodeFacts.extendedAttribute(described(shown.node()), name);
      case OPAQUE ->
          name.equals(mark.attribute())
              ? YES.clone()
              : NodeFacts.extendedAttribute(described(shown.node()), name);
      case WHITEOUT -> null;
    };
  }

  @Override
  public Collection<String> extendedAttributes(Shown shown) {
    return switch (shown.kind()) {
      case AS_IT_IS -> NodeFacts.extendedAttributes(described(shown.node()));
      case OPAQUE -> {
        List<String> names = new ArrayList<>(NodeFacts.extendedAttributes(described(shown.node())));
        names.add(mark.attribute());
        yield names;
      }
      case WHITEOUT -> List.of();
    };
  }

  @Override
  public Usage usage() {
    return usage;
  }
}
