package dev.starling.snapshot.layer;

/** What a file of a layer is. */
public enum NodeType {
  DIRECTORY(4),
  REGULAR(8),
  SYMLINK(10),
  CHAR_DEVICE(2),
  BLOCK_DEVICE(6),
  FIFO(1);

  private static final int SHIFT = 12;

  private final int code;

  NodeType(int code) {
    this.code = code;
  }

  /** The bits that stand for it in a file's mode, for example 0040000 for a folder. */
  public int modeBits() {
    return code << SHIFT;
  }

  /** The type that a whole mode names. */
  static NodeType ofMode(int mode) {
    return switch (mode >> SHIFT) {
      case 1 -> FIFO;
      case 2 -> CHAR_DEVICE;
      case 4 -> DIRECTORY;
      case 6 -> BLOCK_DEVICE;
      case 8 -> REGULAR;
      case 10 -> SYMLINK;
      default -> throw new IllegalArgumentException("no type has mode " + mode);
    };
  }

  /** Whether it is a device file, the only kind with device numbers. */
  public boolean isDevice() {
    return this == CHAR_DEVICE || this == BLOCK_DEVICE;
  }
}
