package dev.starling.shell.plugin;

import dev.starling.shell.files.FolderTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Unpacks zipped plugins, once for each version of the file. */
final class PluginZip {

  private static final int MAX_ENTRIES = 10_000;
  private static final long MAX_BYTES = 512L << 20;

  private PluginZip() {}

  /**
   * Unpacks the zip into a folder below {@code parent} that is named after the file, its size and
   * its time, unless that is there already.
   *
   * @param file what messages call the zip
   * @return the folder
   * @throws PluginException if the zip is corrupt, too large or has names that lead out of it
   */
  static Path unpack(Path file, Path zip, Path parent) throws PluginException {
    try {
      String name =
          "%s%d-%d"
              .formatted(
                  folderPrefix(zip), Files.size(zip), Files.getLastModifiedTime(zip).toMillis());
      Path folder = parent.resolve(name);
      if (Files.isDirectory(folder)) {
        return folder;
      }
      Files.createDirectories(parent);
      Path temporary = Files.createTempDirectory(parent, ".unpacking");
      try {
        extract(zip, temporary);
        Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
      } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException e) {
        return folder; // another process was faster
      } finally {
        FolderTree.delete(temporary);
      }
      return folder;
    } catch (IOException | IllegalArgumentException e) {
      throw new PluginException("plugin " + file + ": cannot be unpacked: " + e.getMessage(), e);
    }
  }

  /** What the names of the folders begin with that the zip of this name is unpacked into. */
  static String folderPrefix(Path zip) {
    return zip.getFileName() + "-";
  }

  private static void extract(Path zip, Path folder) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      if (file.size() > MAX_ENTRIES) {
        throw new IOException("it has more than " + MAX_ENTRIES + " entries");
      }
      long left = MAX_BYTES;
      Enumeration<? extends ZipEntry> entries = file.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        Path target = inside(folder, entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          left -= copy(file, entry, target, left);
        }
      }
    }
  }

  private static Path inside(Path folder, String name) throws IOException {
    try {
      Path target = folder.resolve(name).normalize();
      if (target.startsWith(folder) && !target.equals(folder)) {
        return target;
      }
    } catch (InvalidPathException e) {
      // told below
    }
    throw new IOException("its entry '" + name + "' leads out of it");
  }

  private static long copy(ZipFile file, ZipEntry entry, Path target, long left)
      throws IOException {
    long copied = 0;
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = file.getInputStream(entry);
        OutputStream out = Files.newOutputStream(target)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        copied += n;
        if (copied > left) {
          throw new IOException("unpacked it is larger than " + MAX_BYTES + " bytes");
        }
        out.write(buffer, 0, n);
      }
    }
    return copied;
  }
}
