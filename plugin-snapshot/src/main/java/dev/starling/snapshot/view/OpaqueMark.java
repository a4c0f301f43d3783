package dev.starling.snapshot.view;

/** The extended attribute by which overlayfs knows a directory that hides what is below it. */
public enum OpaqueMark {
  /** For an overlay that root mounts; only root sees it. */
  TRUSTED("trusted.overlay.opaque"),

  /** For one that a user mounts in a user namespace, with the option {@code userxattr}. */
  USER("user.overlay.opaque");

  private final String attribute;

  OpaqueMark(String attribute) {
    this.attribute = attribute;
  }

  String attribute() {
    return attribute;
  }
}
