package dev.starling.snapshot.layer;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of a layer, one for all its hard links: a handle of a tree's row. Two handles of the same
 * file are equal. Immutable and thread-safe.
 *
 * @param tree the tree it belongs to
 * @param id its number in the tree, from 0 (the root) to below {@link LayerTree#size}: stable for
 *     the same layer, so good for an inode number once 1 is added
 */
public record Node(LayerTree tree, int id) {

  /**
   * A file's name in a folder.
   *
   * @param name see {@link LayerTree} for bytes that are no UTF-8
   * @param node the file
   */
  public record Named(String name, Node node) {}

  /**
   * Checks the number.
   *
   * @throws IndexOutOfBoundsException if the tree has no such file
   */
  public Node {
    java.util.Objects.checkIndex(id, tree.size());
  }

  public NodeType type() {
    return tree.type(id);
  }

  public boolean isDirectory() {
    return type() == NodeType.DIRECTORY;
  }

  /**
   * Whether it is a folder that files lie in but that the layer has no entry of: what is told of it
   * is made up.
   */
  public boolean isImplied() {
    return tree.isImplied(id);
  }

  /** Permissions, set-user-ID, set-group-ID and sticky bit: the lowest 12 bits. */
  public int mode() {
    return tree.mode(id);
  }

  /** The owner's number, unsigned. */
  public int uid() {
    return tree.uid(id);
  }

  /** The group's number, unsigned. */
  public int gid() {
    return tree.gid(id);
  }

  /** A regular file's length in bytes, a symbolic link's target's; 0 for all else. */
  public long size() {
    return tree.contentSize(id);
  }

  /** The modification time in seconds since the epoch, 0 if the layer has none. */
  public long mtimeSeconds() {
    return tree.mtimeSeconds(id);
  }

  /** What {@link #mtimeSeconds} leaves out, 0 to 999,999,999. */
  public int mtimeNanos() {
    return tree.mtimeNanos(id);
  }

  /** How many names it has; a folder counts itself and its subfolders' way back. */
  public int links() {
    return tree.links(id);
  }

  /** A device's major number, 0 for all else. */
  public int deviceMajor() {
    return tree.deviceMajor(id);
  }

  /** A device's minor number, 0 for all else. */
  public int deviceMinor() {
    return tree.deviceMinor(id);
  }

  /** A symbolic link's target as the layer has it, empty for all else. */
  public String linkTarget() {
    return tree.linkTarget(id);
  }

  /** Extended attributes by name, none for most files; not to be modified. */
  public Map<String, byte[]> xattrs() {
    return tree.xattrs(id);
  }

  /** The file of that name in this folder, or null; always null if this is no folder. */
  public @Nullable Node child(String name) {
    return tree.child(id, name);
  }

  /**
   * The files in this folder, sorted by the bytes of their names, so that an index is good for a
   * position in a listing; none if this is no folder. Made as it is read, cheap to ask for.
   */
  public List<Named> children() {
    return tree.children(id);
  }
}
