package dev.starling.fuse;

import java.nio.file.Path;

/**
 * A row of the mount table.
 *
 * @param device {@code major:minor} of the file system, by which /sys/class/bdi names it
 * @param directory where it is mounted
 * @param type such as {@code overlay} or {@code fuse.rawBridge}
 * @param source what is mounted; FUSE's {@code fsname}
 * @param options of the mount, then those of the file system, parted by commas
 */
public record MountEntry(
    String device, Path directory, String type, String source, String options) {}
