package dev.starling.shell.plugin;

import java.nio.file.Path;
import java.util.List;

/**
 * Installs plugins into the user's folder while others run, and uninstalls them. Guarded by {@link
 * PluginHost}; not thread-safe.
 */
final class PluginSetup {

  private final PluginCatalog catalog;
  private final RunningPlugins running;
  private final Restart restart;

  /** Starts plugins that were stopped from where they lie now. */
  @FunctionalInterface
  interface Restart {
    List<PluginInfo> restart(List<String> ids) throws PluginException;
  }

  PluginSetup(PluginCatalog catalog, RunningPlugins running, Restart restart) {
    this.catalog = catalog;
    this.running = running;
    this.restart = restart;
  }

  /** As {@link PluginManagement#install} says; the catalog is fresh. */
  PluginCandidate install(Path file, boolean force) throws PluginException {
    PluginPlaces places = catalog.places();
    PluginCandidate installed;
    try (UsersFolder folder = UsersFolder.open(places.users())) {
      PluginInstaller installer = new PluginInstaller(folder, places.unpacked());
      PluginInstaller.Staged staged = installer.stage(file);
      String id = staged.candidate().id();
      PluginCandidate old = catalog.all().get(id);
      new Replacement(places, staged.candidate(), old).requireAllowed(force);
      List<String> stopped = running.stop(id).reversed();
      PluginInstaller.Kept kept = installer.keep(staged, old == null ? null : old.file());
      try {
        installed = tryOut(id, stopped);
      } catch (PluginException e) {
        running.stop(id);
        kept.undo();
        running.allow(id);
        rescan();
        restart.restart(stopped);
        throw e;
      }
      installer.removeUnpacked(installed.file(), installed.path());
      if (old != null && !old.file().equals(installed.file())) {
        installer.removeUnpacked(old.file(), null);
      }
    }
    catalog.enable(installed.id());
    return installed;
  }

  private PluginCandidate tryOut(String id, List<String> stopped) throws PluginException {
    rescan();
    PluginCandidate installed = catalog.get(id);
    running.startNow(installed);
    restart.restart(stopped.stream().filter(each -> !each.equals(id)).toList());
    return installed;
  }

  private void rescan() {
    catalog.rescan(running.candidates());
  }

  /** As {@link PluginManagement#uninstall} says; the catalog is fresh. */
  Path uninstall(String id) throws PluginException {
    PluginCandidate candidate = catalog.get(id);
    PluginPlaces places = catalog.places();
    Replacement.requireInstalled(places, candidate);
    running.stop(id);
    try (UsersFolder folder = UsersFolder.open(places.users())) {
      PluginInstaller installer = new PluginInstaller(folder, places.unpacked());
      installer.remove(candidate.file());
      installer.removeUnpacked(candidate.file(), null);
    }
    catalog.enable(id);
    return candidate.file();
  }
}
