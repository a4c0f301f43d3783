package dev.starling.fuse.libfuse;

import dev.starling.fuse.Attributes;
import dev.starling.fuse.NodeType;
import java.time.Instant;
import jnr.ffi.Pointer;
import ru.serce.jnrfuse.struct.FileStat;
import ru.serce.jnrfuse.struct.Timespec;

/** Writes attributes as C's {@code struct stat}. */
final class NativeStat {
  private static final int BLOCK = 4096;

  /** The unit of {@code st_blocks}. */
  private static final int SECTOR = 512;

  private NativeStat() {}

  static void write(Attributes attributes, Pointer target) {
    FileStat stat = FileStat.of(target);
    stat.st_ino.set(attributes.inode());
    stat.st_mode.set(attributes.type().modeBits() | attributes.permissions());
    stat.st_nlink.set(attributes.links());
    stat.st_uid.set(attributes.owner());
    stat.st_gid.set(attributes.group());
    stat.st_rdev.set(device(attributes.deviceMajor(), attributes.deviceMinor()));
    stat.st_size.set(attributes.size());
    stat.st_blksize.set(BLOCK);
    stat.st_blocks.set(
        attributes.type() == NodeType.REGULAR ? Math.ceilDiv(attributes.size(), SECTOR) : 0);
    write(attributes.modified(), stat.st_atim);
    write(attributes.modified(), stat.st_mtim);
    write(attributes.modified(), stat.st_ctim);
  }

  /** What {@code readdir} tells of an entry. */
  static void write(long inode, NodeType type, FileStat stat) {
    stat.st_ino.set(inode);
    stat.st_mode.set(type.modeBits());
  }

  private static void write(Instant time, Timespec target) {
    target.tv_sec.set(time.getEpochSecond());
    target.tv_nsec.set(time.getNano());
  }

  /** The 32 bits of a {@code dev_t} that go over the wire: 12 of the major, 20 of the minor. */
  static long device(int major, int minor) {
    return (minor & 0xFFL) | ((long) major << 8) | ((minor & ~0xFFL) << 12);
  }
}
