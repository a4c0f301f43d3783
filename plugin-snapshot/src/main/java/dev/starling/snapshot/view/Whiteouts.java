package dev.starling.snapshot.view;

import dev.starling.snapshot.layer.Node;
import org.jspecify.annotations.Nullable;

/**
 * How a layer hides what is below it (OCI image specification, layer.md): {@code .wh.NAME} hides
 * that name, {@code .wh..wh..opq} everything that the folder has below. Other names with the second
 * prefix are remains of aufs and mean nothing. None of these is shown.
 */
final class Whiteouts {
  private static final String PREFIX = ".wh.";
  private static final String META = ".wh..wh.";
  private static final String OPAQUE = ".wh..wh..opq";

  private Whiteouts() {}

  /** Whether a name is one that a reader of the layer sees. */
  static boolean isShown(String name) {
    return !name.startsWith(PREFIX) && name.indexOf('\0') < 0;
  }

  /** The name that an entry hides; empty if it hides none. */
  static String hiddenBy(String name) {
    if (!name.startsWith(PREFIX) || name.startsWith(META)) {
      return "";
    }
    String hidden = name.substring(PREFIX.length());
    // Neither can be a file's name, so nothing below can have it.
    return hidden.equals(".") || hidden.equals("..") || !isShown(hidden) ? "" : hidden;
  }

  /** Whether a layer's folder hides that name below, whether or not it has a file in its place. */
  static boolean hides(Node folder, String name) {
    return whiteout(folder, name) != null;
  }

  /** The entry that hides a name, as a node of the layer; null if there is none. */
  static @Nullable Node whiteout(Node folder, String name) {
    return isShown(name) ? folder.child(PREFIX + name) : null;
  }

  /**
   * Whether a folder hides all that it has below: by its own mark, or because the folder that it
   * lies in hides its name and it is the replacement.
   */
  static boolean isOpaque(Node parent, String name, Node folder) {
    return isOpaque(folder) || hides(parent, name);
  }

  /** Whether a folder has the mark. */
  static boolean isOpaque(Node folder) {
    return folder.child(OPAQUE) != null;
  }
}
