package dev.starling.snapshot.view;

import dev.starling.fuse.Attributes;
import dev.starling.fuse.NodeType;
import dev.starling.snapshot.layer.Node;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A layer's nodes in FUSE's terms. */
final class NodeFacts {
  /** Overlayfs's own attributes: from a layer they would tell it to look elsewhere for files. */
  private static final String TRUSTED_OVERLAY = "trusted.overlay.";

  private static final String USER_OVERLAY = "user.overlay.";

  private NodeFacts() {}

  static NodeType type(Node node) {
    return switch (node.type()) {
      case DIRECTORY -> NodeType.DIRECTORY;
      case REGULAR -> NodeType.REGULAR;
      case SYMLINK -> NodeType.SYMLINK;
      case CHAR_DEVICE -> NodeType.CHARACTER_DEVICE;
      case BLOCK_DEVICE -> NodeType.BLOCK_DEVICE;
      case FIFO -> NodeType.FIFO;
    };
  }

  /**
   * What {@code stat} tells of a node.
   *
   * @throws IllegalArgumentException if the layer has device numbers that Linux has not
   */
  static Attributes attributes(Node node, long inode, int links) {
    return new Attributes(
        type(node),
        inode,
        node.mode(),
        Math.max(1, links),
        Integer.toUnsignedLong(node.uid()),
        Integer.toUnsignedLong(node.gid()),
        node.deviceMajor(),
        node.deviceMinor(),
        node.size(),
        modified(node));
  }

  private static Instant modified(Node node) {
    long seconds =
        Math.clamp(node.mtimeSeconds(), Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond());
    return Instant.ofEpochSecond(seconds, node.mtimeNanos());
  }

  /** An attribute that the layer gives the node; null if it is not to be shown. */
  static byte @Nullable [] extendedAttribute(Node node, String name) {
    return isShown(name) ? node.xattrs().get(name) : null;
  }

  /** The names of the attributes that are shown. */
  static Collection<String> extendedAttributes(Node node) {
    Map<String, byte[]> all = node.xattrs();
    return all.isEmpty() ? all.keySet() : all.keySet().stream().filter(NodeFacts::isShown).toList();
  }

  private static boolean isShown(String attribute) {
    return !attribute.startsWith(TRUSTED_OVERLAY)
        && !attribute.startsWith(USER_OVERLAY)
        && attribute.indexOf('\0') < 0;
  }
}
