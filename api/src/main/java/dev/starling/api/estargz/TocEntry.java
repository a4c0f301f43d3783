package dev.starling.api.estargz;

import dev.starling.api.image.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One file, folder, link or device of a TOC. */
public sealed interface TocEntry {

  /** The name as it stands in the TOC, uncleaned. */
  String name();

  /** Owner, mode and time. */
  Attributes attributes();

  /**
   * What every kind of entry has.
   *
   * @param mode the permissions and, in some layers, more bits: mask it
   * @param uid the owner's number
   * @param gid the group's number
   * @param userName the owner's name, possibly empty
   * @param groupName the group's name, possibly empty
   * @param modTime to the second, or null if unset
   * @param xattrs extended attributes by name; not to be modified
   */
  record Attributes(
      long mode,
      long uid,
      long gid,
      String userName,
      String groupName,
      @Nullable Instant modTime,
      Map<String, byte[]> xattrs) {

    /** What a folder gets that files lie in but that has no entry. */
    static final Attributes MISSING_FOLDER = new Attributes(0755, 0, 0, "", "", null, Map.of());
  }

  /** A folder. */
  record Directory(String name, Attributes attributes) implements TocEntry {}

  /**
   * A file with content.
   *
   * @param size its length in bytes
   * @param digest of all its bytes, or null if the TOC has only its chunks'
   * @param chunks its content without gaps, in order; none if it is empty
   */
  record RegularFile(
      String name, Attributes attributes, long size, @Nullable Digest digest, List<Chunk> chunks)
      implements TocEntry {

    /** Takes a copy of the chunks. */
    public RegularFile {
      chunks = List.copyOf(chunks);
    }
  }

  /**
   * A symbolic link.
   *
   * @param target as it stands in the TOC
   */
  record Symlink(String name, Attributes attributes, String target) implements TocEntry {}

  /**
   * Another name of a file; see {@link Toc#find} for the file itself.
   *
   * @param target the other file's clean path
   */
  record HardLink(String name, Attributes attributes, String target) implements TocEntry {}

  /**
   * A device file.
   *
   * @param block whether it is a block device, else a character device
   */
  record Device(String name, Attributes attributes, boolean block, long major, long minor)
      implements TocEntry {}

  /** A named pipe. */
  record Fifo(String name, Attributes attributes) implements TocEntry {}
}
