package dev.starling.api.tar;

/** What a tar entry makes when it is unpacked. */
public enum TarType {
  REGULAR,
  HARD_LINK,
  SYMLINK,
  CHAR_DEVICE,
  BLOCK_DEVICE,
  DIRECTORY,
  FIFO;

  /** Whether it is a device file, the only kind with device numbers. */
  public boolean isDevice() {
    return this == CHAR_DEVICE || this == BLOCK_DEVICE;
  }
}
