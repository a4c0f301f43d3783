package dev.starling.snapshot.view;

import dev.starling.fuse.Attributes;
import dev.starling.fuse.ReadOnlyFileSystem;
import dev.starling.snapshot.layer.Layer;
import dev.starling.snapshot.layer.Node;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The layers of an image as the one tree that unpacking them would leave. A folder is made of those
 * of all layers down to one that hides the rest; its owner, mode and time are those of the topmost
 * layer that has an entry for it. Nothing is merged before it is asked for. Thread-safe.
 */
public final class MergedView implements ReadOnlyFileSystem<MergedView.Merged> {

  /**
   * A node of a layer.
   *
   * @param layer its number, 0 for the base
   */
  record Part(int layer, Node node) {}

  /**
   * A file of the image.
   *
   * @param parts a folder's of all layers that make it up, topmost first; else a single one
   */
  record Merged(List<Part> parts) {
    Merged {
      parts = List.copyOf(parts);
    }

    Part top() {
      return parts.getFirst();
    }

    boolean isDirectory() {
      return top().node().isDirectory();
    }
  }

  /** Receives what is in a folder: the topmost part of each. */
  @FunctionalInterface
  interface PartSink {
    void accept(String name, Part part);
  }

  private final List<Layer> layers;
  private final long[] firstInodes;
  private final Usage usage;
  private final VisibleLinks visibleLinks = new VisibleLinks(this);

  /**
   * Shows an image.
   *
   * @param layers base first, at least one; to be closed by the caller when this is not used any
   *     more
   */
  public MergedView(List<Layer> layers) {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("an image without layers has no files");
    }
    this.layers = List.copyOf(layers);
    this.firstInodes = new long[layers.size()];
    // The root, of whatever layer, has the first number.
    long inode = 1;
    long bytes = 0;
    for (int i = 0; i < layers.size(); i++) {
      firstInodes[i] = inode;
      inode += layers.get(i).tree().size();
      bytes = Math.min(Long.MAX_VALUE / 2, bytes + LayerView.usage(layers.get(i)).bytes());
    }
    this.usage = new Usage(bytes, inode - 1);
  }

  @Override
  public Merged root() {
    List<Part> parts = new ArrayList<>();
    for (int i = layers.size() - 1; i >= 0; i--) {
      Node root = layers.get(i).tree().root();
      parts.add(new Part(i, root));
      if (Whiteouts.isOpaque(root)) {
        break;
      }
    }
    return new Merged(parts);
  }

  @Override
  public @Nullable Merged lookup(Merged directory, String name) {
    if (!Whiteouts.isShown(name)) {
      return null;
    }
    List<Part> found = new ArrayList<>();
    for (Part part : directory.parts()) {
      Node child = part.node().child(name);
      if (child == null) {
        if (Whiteouts.hides(part.node(), name)) {
          break;
        }
        continue;
      }
      if (child.isDirectory()) {
        found.add(new Part(part.layer(), child));
        if (Whiteouts.isOpaque(part.node(), name, child)) {
          break;
        }
        continue;
      }
      // What is no folder hides what is below, and is hidden by a folder above.
      return found.isEmpty()
          ? new Merged(List.of(new Part(part.layer(), child)))
          : new Merged(found);
    }
    return found.isEmpty() ? null : new Merged(found);
  }

  @Override
  public Attributes attributes(Merged node) {
    Part top = node.top();
    if (node.isDirectory()) {
      return NodeFacts.attributes(source(node), inode(top), 2 + folders(node));
    }
    int links = top.node().links();
    return NodeFacts.attributes(
        top.node(), inode(top), links == 1 ? 1 : visibleLinks.of(inode(top)));
  }

  /** The part that says what the whole is like: a layer need not have entries for its folders. */
  static Node source(Merged node) {
    for (Part part : node.parts()) {
      if (!part.node().isImplied()) {
        return part.node();
      }
    }
    return node.top().node();
  }

  private int folders(Merged directory) {
    int[] count = {0};
    entries(directory, (_, part) -> count[0] += part.node().isDirectory() ? 1 : 0);
    return count[0];
  }

  /** The number of a part as an inode: hard links are within a layer, so they share it. */
  long inode(Part part) {
    return part.node().id() == 0 ? 1 : firstInodes[part.layer()] + part.node().id();
  }

  @Override
  public void list(Merged directory, EntrySink sink) {
    entries(directory, (name, part) -> sink.accept(name, inode(part), NodeFacts.type(part.node())));
  }

  /** What is in a folder, of each file its topmost part. */
  static void entries(Merged directory, PartSink sink) {
    Set<String> decided = new HashSet<>();
    boolean single = directory.parts().size() == 1;
    for (Part part : directory.parts()) {
      List<String> hidden = new ArrayList<>();
      for (Node.Named entry : part.node().children()) {
        String name = entry.name();
        if (!Whiteouts.isShown(name)) {
          hidden.add(Whiteouts.hiddenBy(name));
        } else if (single || decided.add(name)) {
          sink.accept(name, new Part(part.layer(), entry.node()));
        }
      }
      // Only what is further down: a layer's own files are not hidden by it.
      decided.addAll(hidden);
    }
  }

  @Override
  public void read(Merged file, long offset, ByteBuffer target) throws IOException {
    layers.get(file.top().layer()).read(file.top().node(), offset, target);
  }

  @Override
  public String readLink(Merged link) {
    return link.top().node().linkTarget();
  }

  @Override
  public byte @Nullable [] extendedAttribute(Merged node, String name) {
    return NodeFacts.extendedAttribute(source(node), name);
  }

  @Override
  public Collection<String> extendedAttributes(Merged node) {
    return NodeFacts.extendedAttributes(source(node));
  }

  @Override
  public Usage usage() {
    return usage;
  }
}
