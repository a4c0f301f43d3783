package dev.starling.shell.plugin;

import dev.starling.shell.host.Wanted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a user does with plugins. Thread-safe. */
public final class PluginManagement {

  private final PluginHost host;
  private final PluginCatalog catalog;
  private final RunningPlugins running;

  /**
   * @param host guards the other two: its lock is held while they are used
   */
  PluginManagement(PluginHost host, PluginCatalog catalog, RunningPlugins running) {
    this.host = host;
    this.catalog = catalog;
    this.running = running;
  }

  /**
   * A plugin that was unloaded.
   *
   * @param id its id
   * @param nativeCode whether it may have loaded native libraries, which stay until the process
   *     ends
   */
  public record Unloaded(String id, boolean nativeCode) {}

  /** All plugins, those that cannot be used too; looks into the folders anew. */
  public List<PluginInfo> list() {
    synchronized (host) {
      rescan();
      host.commands(new Wanted.All());
      return known();
    }
  }

  /** What looks like a plugin in the folders and cannot be one: a line for each. */
  public List<String> broken() {
    synchronized (host) {
      return catalog.broken();
    }
  }

  /** The plugins as they are now; loads nothing. */
  public List<PluginInfo> known() {
    synchronized (host) {
      return catalog.all().values().stream().map(this::describe).toList();
    }
  }

  private void rescan() {
    catalog.rescan(running.candidates());
  }

  /**
   * One plugin; it is loaded, unless it is not wanted, so that it is known whether it can be used.
   *
   * @throws PluginException if there is none of that id
   */
  public PluginInfo info(String id) throws PluginException {
    synchronized (host) {
      rescan();
      PluginCandidate candidate = catalog.get(id);
      if (running.isWaiting(candidate)) {
        running.start(List.of(candidate));
      }
      return describe(candidate);
    }
  }

  private PluginInfo describe(PluginCandidate candidate) {
    return PluginInfos.of(candidate, catalog, running);
  }

  /**
   * Loads a plugin from a folder, jar or zip, or one that was unloaded by its id.
   *
   * @param pathOrId where it lies, or its id
   * @throws PluginException if it cannot be used or is loaded already
   */
  public PluginInfo load(String pathOrId) throws PluginException {
    synchronized (host) {
      PluginCandidate candidate = catalog.all().get(pathOrId);
      if (candidate == null) {
        Path path = Path.of(pathOrId).toAbsolutePath().normalize();
        if (!Files.exists(path)) {
          throw new PluginException(
              "there is no plugin '" + pathOrId + "', neither in the plugin folders nor as a path");
        }
        candidate = catalog.read(path);
      }
      String id = candidate.id();
      requireEnabled(id);
      if (running.get(id) != null) {
        throw new PluginException("plugin " + id + " is loaded already; 'plugin reload' renews it");
      }
      catalog.put(candidate);
      return started(candidate);
    }
  }

  private void requireEnabled(String id) throws PluginException {
    if (catalog.isDisabled(id)) {
      throw new PluginException(
          "plugin " + id + " is disabled; 'starling plugin enable " + id + "' brings it back");
    }
  }

  private PluginInfo started(PluginCandidate candidate) throws PluginException {
    running.startNow(candidate);
    return describe(candidate);
  }

  /**
   * Unloads a plugin and those that depend on it, and closes their jars. They stay away until they
   * are loaded by hand.
   *
   * @return what was unloaded, dependents first
   * @throws PluginException if no such plugin is loaded
   */
  public List<Unloaded> unload(String id) throws PluginException {
    synchronized (host) {
      List<String> gone = running.stop(id);
      if (gone.isEmpty()) {
        throw new PluginException("plugin " + id + " is not loaded");
      }
      running.keepAway(gone);
      List<Unloaded> unloaded = new ArrayList<>();
      for (String each : gone) {
        unloaded.add(new Unloaded(each, catalog.get(each).nativeAccess()));
      }
      return unloaded;
    }
  }

  /**
   * Unloads a plugin and loads it again from where it lies, with those that depend on it.
   *
   * @return what runs again
   * @throws PluginException if it cannot be used any more
   */
  public List<PluginInfo> reload(String id) throws PluginException {
    synchronized (host) {
      catalog.get(id);
      requireEnabled(id);
      List<String> again = running.stop(id).reversed();
      return restart(again.isEmpty() ? List.of(id) : again);
    }
  }

  /** Starts plugins that were stopped from where they lie now. */
  private List<PluginInfo> restart(List<String> ids) throws PluginException {
    Map<String, PluginCandidate> before = Map.copyOf(catalog.all());
    rescan();
    List<PluginInfo> infos = new ArrayList<>();
    for (String each : ids) {
      PluginCandidate old = before.get(each);
      if (old != null && !catalog.all().containsKey(each)) {
        catalog.put(catalog.read(old.file())); // from elsewhere
      }
      infos.add(started(catalog.get(each)));
    }
    return infos;
  }

  /**
   * Has a plugin be used again, by this process and later ones.
   *
   * @throws PluginException if there is none, it is not disabled, or it cannot be used
   */
  public PluginInfo enable(String id) throws PluginException {
    synchronized (host) {
      rescan();
      if (!catalog.enable(id)) {
        catalog.get(id);
        throw new PluginException("plugin " + id + " is not disabled");
      }
      return started(catalog.get(id));
    }
  }

  /**
   * Unloads a plugin, and has it not be used by this process and later ones until it is enabled.
   *
   * @throws PluginException if there is none, or it is disabled already
   */
  public PluginInfo disable(String id) throws PluginException {
    synchronized (host) {
      rescan();
      PluginCandidate candidate = catalog.get(id);
      if (catalog.isDisabled(id)) {
        throw new PluginException("plugin " + id + " is disabled already");
      }
      if (running.isWaiting(candidate)) {
        running.start(List.of(candidate)); // its commands' names are to be known later
      }
      catalog.disable(id, running.words(candidate));
      running.stop(id);
      return describe(candidate);
    }
  }

  /**
   * Checks a plugin's file, keeps a copy of it in the user's folder, and loads it. A running older
   * one makes room for it. Nothing is changed if it cannot be used.
   *
   * @param file a jar or zip
   * @param force whether one of the same or a later version is replaced too
   * @throws PluginException if it is broken, cannot be used, or is there already
   */
  public PluginInfo install(Path file, boolean force) throws PluginException {
    synchronized (host) {
      rescan();
      return describe(new PluginSetup(catalog, running, this::restart).install(file, force));
    }
  }

  /**
   * Unloads a plugin and deletes it from the user's folder.
   *
   * @return where it lay
   * @throws PluginException if there is none, or it is not one that {@link #install} put there
   */
  public Path uninstall(String id) throws PluginException {
    synchronized (host) {
      rescan();
      Path file = new PluginSetup(catalog, running, this::restart).uninstall(id);
      rescan();
      return file;
    }
  }
}
