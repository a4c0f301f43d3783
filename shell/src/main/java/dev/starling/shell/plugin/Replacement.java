package dev.starling.shell.plugin;

import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/**
 * Whether an installation may take the place of what is there: of what was installed before, if it
 * is newer or the user insists; never of the program's own plugins, nor of folders.
 *
 * @param wanted what is to be installed
 * @param old the plugin of the same id, or null
 */
record Replacement(PluginPlaces places, PluginCandidate wanted, @Nullable PluginCandidate old) {

  void requireAllowed(boolean force) throws PluginException {
    if (old == null) {
      return;
    }
    requireInstalled(places, old);
    if (!force && !PluginVersions.isNewer(wanted.version(), old.version())) {
      throw new PluginException(
          "plugin "
              + wanted.id()
              + ": "
              + old.version()
              + " is installed and "
              + wanted.version()
              + " is not newer; --force replaces it");
    }
  }

  /** Requires that a plugin is one that was installed, so that its file may be removed. */
  static void requireInstalled(PluginPlaces places, PluginCandidate candidate)
      throws PluginException {
    String id = candidate.id();
    switch (places.origin(candidate.file())) {
      case INSTALLATION ->
          throw new PluginException(
              "plugin "
                  + id
                  + " comes with the program and stays; 'starling plugin disable "
                  + id
                  + "' has it not be used");
      case ELSEWHERE ->
          throw new PluginException(
              "plugin "
                  + id
                  + " was loaded from "
                  + candidate.file()
                  + " for this shell only; 'plugin unload "
                  + id
                  + "' lets go of it");
      case USER -> {
        if (Files.isDirectory(candidate.file())) {
          throw new PluginException(
              "plugin "
                  + id
                  + " lies in the folder "
                  + candidate.file()
                  + ", which was not put there by 'plugin install'; remove it by hand");
        }
      }
    }
  }
}
