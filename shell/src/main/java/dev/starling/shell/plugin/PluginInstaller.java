package dev.starling.shell.plugin;

import dev.starling.shell.files.FolderTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Puts plugins into the user's folder and takes them out again. What is checked is a copy beside
 * its place, so that it is what is kept; it takes its place by one rename.
 */
final class PluginInstaller {

  private static final long MAX_FILE = 512L << 20;
  private static final int MAX_ENTRIES = 100_000;

  private final UsersFolder folder;
  private final Path unpacked;

  /**
   * @param unpacked where zips are unpacked when they are loaded
   */
  PluginInstaller(UsersFolder folder, Path unpacked) {
    this.folder = folder;
    this.unpacked = unpacked;
  }

  /**
   * A copy that passed.
   *
   * @param candidate as its descriptor tells
   * @param copy beside its place
   * @param target its place
   */
  record Staged(PluginCandidate candidate, Path copy, Path target) {}

  /**
   * Copies a plugin's file and checks it: that it is a whole jar or zip within bounds, that no name
   * in it leads out of it, its descriptor, and what that requires of Starling.
   *
   * @throws PluginException if it is no plugin, a broken one or one for another Starling
   */
  Staged stage(Path file) throws PluginException {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    boolean zip = name.endsWith(".zip");
    if (!Files.isRegularFile(file) || (!zip && !name.endsWith(".jar"))) {
      throw new PluginException(
          "plugin "
              + file
              + (Files.exists(file) ? ": is no .jar or .zip file" : ": there is no such file"));
    }
    try {
      Path stage = folder.stage();
      Path copy = stage.resolve(zip ? "plugin.zip" : "plugin.jar");
      if (Files.size(file) > MAX_FILE) {
        throw new IOException("it is larger than " + MAX_FILE + " bytes");
      }
      Files.copy(file, copy);
      if (!zip) {
        readWhole(copy);
      }
      PluginCandidate candidate =
          PluginDescriptors.read(file, zip ? PluginZip.unpack(file, copy, stage) : copy);
      PluginVersions.requireApi(candidate.id(), candidate.requires());
      String target = candidate.id() + (zip ? ".zip" : ".jar");
      return new Staged(candidate, copy, folder.path().resolve(target));
    } catch (PluginException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw new PluginException("plugin " + file + ": cannot be installed: " + e.getMessage(), e);
    }
  }

  /** Reads a jar to its end, which checks every entry's sum, within bounds. */
  private static void readWhole(Path jar) throws IOException {
    try (ZipFile file = new ZipFile(jar.toFile())) {
      if (file.size() > MAX_ENTRIES) {
        throw new IOException("it has more than " + MAX_ENTRIES + " entries");
      }
      long left = MAX_FILE;
      byte[] buffer = new byte[1 << 16];
      Enumeration<? extends ZipEntry> entries = file.entries();
      while (entries.hasMoreElements()) {
        try (InputStream in = file.getInputStream(entries.nextElement())) {
          for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            left -= n;
            if (left < 0) {
              throw new IOException("unpacked it is larger than " + MAX_FILE + " bytes");
            }
          }
        }
      }
    } catch (java.util.zip.ZipException e) {
      throw new IOException("the jar is corrupt: " + e.getMessage(), e);
    }
  }

  /** What was replaced, so that it can be put back. */
  record Kept(Path target, @Nullable Path old, @Nullable Path backup) {

    /** Puts things back as they were. */
    void undo() throws PluginException {
      try {
        if (old != null && backup != null) {
          Files.move(backup, old, StandardCopyOption.ATOMIC_MOVE);
        }
        if (!target.equals(old)) {
          Files.deleteIfExists(target);
        }
      } catch (IOException e) {
        throw new PluginException("plugin " + target + ": cannot be taken out again: " + e, e);
      }
    }
  }

  /**
   * Puts a checked plugin into its place.
   *
   * @param old the file of the plugin that it replaces, or null
   */
  Kept keep(Staged staged, @Nullable Path old) throws PluginException {
    try {
      Path backup = old == null ? null : staged.copy().resolveSibling("replaced");
      if (old != null && backup != null) {
        Files.copy(old, backup, StandardCopyOption.COPY_ATTRIBUTES);
      }
      Files.move(staged.copy(), staged.target(), StandardCopyOption.ATOMIC_MOVE);
      if (old != null && !old.equals(staged.target())) {
        Files.deleteIfExists(old);
      }
      return new Kept(staged.target(), old, backup);
    } catch (IOException e) {
      throw new PluginException("plugin " + staged.target() + ": cannot be kept: " + e, e);
    }
  }

  /** Deletes an installed plugin's file. */
  void remove(Path file) throws PluginException {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new PluginException("plugin " + file + ": cannot be removed: " + e, e);
    }
  }

  /** Removes what was unpacked of earlier versions of a zip. */
  void removeUnpacked(Path zip, @Nullable Path butThis) throws PluginException {
    if (!Files.isDirectory(unpacked)) {
      return;
    }
    Pattern names = Pattern.compile(Pattern.quote(PluginZip.folderPrefix(zip)) + "\\d+-\\d+");
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(unpacked)) {
      for (Path each : folders) {
        if (names.matcher(String.valueOf(each.getFileName())).matches() && !each.equals(butThis)) {
          FolderTree.delete(each);
        }
      }
    } catch (IOException e) {
      throw new PluginException("what was unpacked of " + zip + " cannot be removed: " + e, e);
    }
  }
}
