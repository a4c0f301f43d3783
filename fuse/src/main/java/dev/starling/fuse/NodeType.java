package dev.starling.fuse;

/** What a node of a file system is, by the file-type bits of {@code st_mode}. */
public enum NodeType {
  FIFO(0x1000),
  CHARACTER_DEVICE(0x2000),
  DIRECTORY(0x4000),
  BLOCK_DEVICE(0x6000),
  REGULAR(0x8000),
  SYMLINK(0xA000),
  SOCKET(0xC000);

  private final int modeBits;

  NodeType(int modeBits) {
    this.modeBits = modeBits;
  }

  /** {@code S_IFIFO} and so on: the bits that go with the permissions to make a {@code st_mode}. */
  public int modeBits() {
    return modeBits;
  }
}
