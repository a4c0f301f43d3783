package dev.starling.fuse;

import java.time.Instant;

/**
 * What {@code stat} tells of a node.
 *
 * @param type what it is
 * @param inode 1 or more; equal for the hard links of one file and for nothing else
 * @param permissions the lower 12 bits of the mode: permissions, set-uid, set-gid, sticky
 * @param links how many names it has, at least 1; a directory counts itself and its directories
 * @param owner user id, 0 to 2<sup>32</sup>-1
 * @param group group id, 0 to 2<sup>32</sup>-1
 * @param deviceMajor 0 to 4095; 0 for what is no device
 * @param deviceMinor 0 to 2<sup>20</sup>-1; 0 for what is no device
 * @param size in bytes; a symbolic link's is that of its target
 * @param modified last change of the content, kept to the nanosecond; served as the times of the
 *     last access and status change too
 */
public record Attributes(
    NodeType type,
    long inode,
    int permissions,
    int links,
    long owner,
    long group,
    int deviceMajor,
    int deviceMinor,
    long size,
    Instant modified) {

  /** The largest device numbers the kernel's protocol can carry. */
  public static final int MAX_MAJOR = 0xFFF;

  /** See {@link #MAX_MAJOR}. */
  public static final int MAX_MINOR = 0xFFFFF;

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if a value is out of the bounds above
   */
  public Attributes {
    within("inode", inode, 1, Long.MAX_VALUE);
    within("permissions", permissions, 0, 0xFFF);
    within("links", links, 1, Integer.MAX_VALUE);
    within("owner", owner, 0, 0xFFFFFFFFL);
    within("group", group, 0, 0xFFFFFFFFL);
    within("deviceMajor", deviceMajor, 0, MAX_MAJOR);
    within("deviceMinor", deviceMinor, 0, MAX_MINOR);
    within("size", size, 0, Long.MAX_VALUE);
  }

  private static void within(String what, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(what + " " + value + " is not " + least + " to " + most);
    }
  }
}
