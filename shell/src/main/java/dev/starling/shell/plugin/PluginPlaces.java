package dev.starling.shell.plugin;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where plugins lie.
 *
 * @param installation folders of the program's own plugins, which go before the user's; they need
 *     not exist
 * @param users the user's folder, where plugins are installed; made when needed
 * @param unpacked where zips are unpacked; made when needed
 */
public record PluginPlaces(List<Path> installation, Path users, Path unpacked) {

  public PluginPlaces {
    installation = List.copyOf(installation);
  }

  /** All folders, in the order in which they count. */
  List<Path> folders() {
    return Stream.concat(installation.stream(), Stream.of(users)).toList();
  }

  /** Where a plugin comes from. */
  PluginInfo.Origin origin(Path file) {
    Path folder = file.getParent();
    if (users.equals(folder)) {
      return PluginInfo.Origin.USER;
    }
    return folder != null && installation.contains(folder)
        ? PluginInfo.Origin.INSTALLATION
        : PluginInfo.Origin.ELSEWHERE;
  }
}
