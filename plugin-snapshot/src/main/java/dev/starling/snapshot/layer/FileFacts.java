package dev.starling.snapshot.layer;

import java.util.Map;

/**
 * What a tree keeps of one file.
 *
 * @param type what it is
 * @param mode only the lowest 12 bits count
 * @param uid the owner, of which the lowest 32 bits count
 * @param gid the group, likewise
 * @param mtimeSeconds since the epoch
 * @param mtimeNanos 0 to 999,999,999
 * @param contentSize a regular file's length in bytes, else 0
 * @param content where a regular file's content is, in terms of whoever reads the layer
 * @param deviceMajor a device's major number, else 0
 * @param deviceMinor a device's minor number, else 0
 * @param linkTarget a symbolic link's target, else empty
 * @param xattrs extended attributes by name
 */
public record FileFacts(
    NodeType type,
    long mode,
    long uid,
    long gid,
    long mtimeSeconds,
    int mtimeNanos,
    long contentSize,
    long content,
    long deviceMajor,
    long deviceMinor,
    String linkTarget,
    Map<String, byte[]> xattrs) {}
