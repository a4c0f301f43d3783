package dev.starling.api.tar;

import java.util.Map;

/**
 * One entry of a tar stream, its PAX and GNU extensions applied.
 *
 * @param name as it stands in the tar, uncleaned; see {@link TarText} for what is not UTF-8
 * @param type what it is
 * @param linkName the target of a link as it stands in the tar; empty otherwise
 * @param size the payload's length in bytes, 0 for all but regular files
 * @param mode the mode field unmasked
 * @param uid the owner's number
 * @param gid the group's number
 * @param userName the owner's name, often empty
 * @param groupName the group's name, often empty
 * @param mtime seconds since the epoch
 * @param mtimeNanos what {@code mtime} leaves out, 0 to 999,999,999
 * @param devMajor a device's major number, 0 otherwise
 * @param devMinor a device's minor number, 0 otherwise
 * @param xattrs extended attributes by name; not to be modified
 * @param position where the entry's first header block lies in the tar, in bytes
 * @param header all its header blocks as they were read, extensions included: a multiple of 512
 *     bytes; not to be modified
 */
@SuppressWarnings("ArrayRecordComponent") // header bytes are passed through, never compared
public record TarEntry(
    String name,
    TarType type,
    String linkName,
    long size,
    long mode,
    long uid,
    long gid,
    String userName,
    String groupName,
    long mtime,
    int mtimeNanos,
    long devMajor,
    long devMinor,
    Map<String, byte[]> xattrs,
    long position,
    byte[] header) {

  /** Tar's unit: headers and payloads start at multiples of it. */
  public static final int BLOCK = 512;

  /** How many zero bytes follow the payload. */
  public int padding() {
    return (int) (-size & (BLOCK - 1));
  }
}
