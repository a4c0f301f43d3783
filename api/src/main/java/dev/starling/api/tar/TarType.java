package dev.starling.api.tar;

/** What a tar entry makes when it is unpacked. */
public enum TarType {
  /** A file. */
  REGULAR,
  /** Another name of an earlier file. */
  HARD_LINK,
  /** A symbolic link. */
  SYMLINK,
  /** A character device; 0:0 marks a deleted file in some layers. */
  CHAR_DEVICE,
  /** A block device. */
  BLOCK_DEVICE,
  /** A folder. */
  DIRECTORY,
  /** A named pipe. */
  FIFO;

  /** Whether it is a device file, the only kind with device numbers. */
  public boolean isDevice() {
    return this == CHAR_DEVICE || this == BLOCK_DEVICE;
  }
}
