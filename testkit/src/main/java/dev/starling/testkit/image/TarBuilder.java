package dev.starling.testkit.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Writes a small tar file entry by entry, in the order of the calls. Everything that a test does
 * not choose is fixed, so that equal calls give equal bytes. Not thread-safe.
 */
public final class TarBuilder {

  /** The modification time of every entry that is not given another. */
  public static final Instant TIME = Instant.parse("2020-02-02T02:02:02Z");

  private static final String XATTR = "SCHILY.xattr.";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar;

  public TarBuilder() {
    tar = new TarArchiveOutputStream(bytes, StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(true);
  }

  /** A directory of mode 0755. */
  public TarBuilder directory(String name) {
    return directory(name, entry -> {});
  }

  public TarBuilder directory(String name, Consumer<TarArchiveEntry> change) {
    String withSlash = name.endsWith("/") ? name : name + "/";
    return add(withSlash, TarConstants.LF_DIR, 0755, new byte[0], change);
  }

  /** A file of mode 0644 owned by root. */
  public TarBuilder file(String name, String content) {
    return file(name, content.getBytes(StandardCharsets.UTF_8));
  }

  public TarBuilder file(String name, byte[] content) {
    return file(name, content, entry -> {});
  }

  /**
   * A file.
   *
   * @param change sets owner, mode, time and whatever else the entry has
   */
  public TarBuilder file(String name, byte[] content, Consumer<TarArchiveEntry> change) {
    return add(name, TarConstants.LF_NORMAL, 0644, content, change);
  }

  public TarBuilder symlink(String name, String target) {
    return add(name, TarConstants.LF_SYMLINK, 0777, NONE, entry -> entry.setLinkName(target));
  }

  /** A second name of a file that was added before. */
  public TarBuilder hardlink(String name, String target) {
    return add(name, TarConstants.LF_LINK, 0644, NONE, entry -> entry.setLinkName(target));
  }

  public TarBuilder fifo(String name) {
    return add(name, TarConstants.LF_FIFO, 0600, NONE, entry -> {});
  }

  public TarBuilder characterDevice(String name, int major, int minor) {
    return device(name, TarConstants.LF_CHR, major, minor);
  }

  public TarBuilder blockDevice(String name, int major, int minor) {
    return device(name, TarConstants.LF_BLK, major, minor);
  }

  /** A file with extended attributes, for example {@code user.note}. */
  public TarBuilder fileWithXattrs(String name, String content, Map<String, String> xattrs) {
    return file(
        name,
        content.getBytes(StandardCharsets.UTF_8),
        entry -> xattrs.forEach((key, value) -> entry.addPaxHeader(XATTR + key, value)));
  }

  /** Hides a path of the layers below. */
  public TarBuilder whiteout(String path) {
    int slash = path.lastIndexOf('/') + 1;
    return file(path.substring(0, slash) + ".wh." + path.substring(slash), NONE);
  }

  /** Hides everything the layers below have in the directory. */
  public TarBuilder opaque(String directory) {
    return file(directory + "/.wh..wh..opq", NONE);
  }

  /** The complete tar file; ends the building. */
  public byte[] build() {
    try {
      tar.close();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final byte[] NONE = {};

  private TarBuilder device(String name, byte type, int major, int minor) {
    return add(
        name,
        type,
        0600,
        NONE,
        entry -> {
          entry.setDevMajor(major);
          entry.setDevMinor(minor);
        });
  }

  private TarBuilder add(
      String name, byte type, int mode, byte[] content, Consumer<TarArchiveEntry> change) {
    TarArchiveEntry entry = new TarArchiveEntry(name, type);
    entry.setMode(mode);
    entry.setModTime(TIME.toEpochMilli());
    entry.setIds(0, 0);
    entry.setSize(content.length);
    change.accept(entry);
    try {
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }
}
