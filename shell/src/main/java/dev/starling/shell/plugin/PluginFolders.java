package dev.starling.shell.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Looks for plugins in folders. */
final class PluginFolders {

  private final List<Path> folders;
  private final Path unpacked;

  /**
   * @param folders where plugins lie, the first go before the later; they need not exist
   * @param unpacked where zips are unpacked; made when needed
   */
  PluginFolders(List<Path> folders, Path unpacked) {
    this.folders = List.copyOf(folders);
    this.unpacked = unpacked;
  }

  /**
   * The plugins by id, in the order of their names. Of two with one id the first counts.
   *
   * @param problems takes a line for each thing that looks like a plugin and cannot be one
   */
  Map<String, PluginCandidate> scan(Consumer<String> problems) {
    Map<String, PluginCandidate> found = new LinkedHashMap<>();
    for (Path folder : folders) {
      for (Path entry : entries(folder, problems)) {
        try {
          PluginCandidate candidate = read(entry);
          PluginCandidate first = found.putIfAbsent(candidate.id(), candidate);
          if (first != null) {
            problems.accept(
                "plugin "
                    + entry
                    + " is left out: "
                    + first.file()
                    + " has its id "
                    + candidate.id());
          }
        } catch (PluginException e) {
          problems.accept(e.getMessage());
        }
      }
    }
    return found;
  }

  /**
   * Reads one plugin's descriptor, unpacking a zip.
   *
   * @throws PluginException if it is no plugin or a broken one
   */
  PluginCandidate read(Path entry) throws PluginException {
    boolean zip = entry.toString().endsWith(".zip") && Files.isRegularFile(entry);
    return PluginDescriptors.read(entry, zip ? PluginZip.unpack(entry, entry, unpacked) : entry);
  }

  private static List<Path> entries(Path folder, Consumer<String> problems) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> entries = new ArrayList<>();
    try (Stream<Path> children = Files.list(folder)) {
      children.filter(PluginFolders::looksLikePlugin).sorted().forEach(entries::add);
    } catch (IOException e) {
      problems.accept("plugins in " + folder + " cannot be listed: " + e);
    }
    return entries;
  }

  private static boolean looksLikePlugin(Path path) {
    String name = path.getFileName().toString();
    if (name.startsWith(".")) {
      return false;
    }
    return Files.isDirectory(path) || name.endsWith(".jar") || name.endsWith(".zip");
  }
}
