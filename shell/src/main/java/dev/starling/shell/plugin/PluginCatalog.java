package dev.starling.shell.plugin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The plugins that were found, and which of them the user does not want. Looks into the folders
 * when it is first asked. Guarded by {@link PluginHost}; not thread-safe.
 */
final class PluginCatalog {

  private final Supplier<PluginPlaces> places;
  private final Consumer<String> problems;
  private final Set<String> told = new HashSet<>();
  private final List<String> broken = new ArrayList<>();
  private @Nullable Map<String, PluginCandidate> found;
  private @Nullable Map<String, Set<String>> disabled;

  /**
   * @param problems takes a line for each thing that looks like a plugin and cannot be one, once
   */
  PluginCatalog(Supplier<PluginPlaces> places, Consumer<String> problems) {
    this.places = places;
    this.problems = problems;
  }

  PluginPlaces places() {
    return places.get();
  }

  private PluginFolders folders() {
    PluginPlaces here = places();
    return new PluginFolders(here.folders(), here.unpacked());
  }

  /** All plugins by id, disabled ones too. */
  Map<String, PluginCandidate> all() {
    Map<String, PluginCandidate> known = found;
    if (known == null) {
      known = scan();
      found = known;
    }
    return known;
  }

  private Map<String, PluginCandidate> scan() {
    broken.clear();
    Map<String, PluginCandidate> candidates = folders().scan(broken::add);
    broken.stream().filter(told::add).forEach(problems);
    return candidates;
  }

  /** What looks like a plugin and cannot be one, as of the last look: a line for each. */
  List<String> broken() {
    all();
    return List.copyOf(broken);
  }

  /**
   * The plugin of this id.
   *
   * @throws PluginException if there is none
   */
  PluginCandidate get(String id) throws PluginException {
    PluginCandidate candidate = all().get(id);
    if (candidate == null) {
      throw new PluginException(
          "there is no plugin '" + id + "'; 'starling plugin list' shows those that there are");
    }
    return candidate;
  }

  /** Adds a plugin from elsewhere. */
  void put(PluginCandidate candidate) {
    all().put(candidate.id(), candidate);
  }

  /** Reads the descriptor of a folder, zip or jar. */
  PluginCandidate read(Path path) throws PluginException {
    return folders().read(path);
  }

  /**
   * Looks into the folders anew.
   *
   * @param running plugins that stay as they are, wherever they came from
   */
  void rescan(Collection<PluginCandidate> running) {
    Map<String, PluginCandidate> known = scan();
    running.forEach(candidate -> known.put(candidate.id(), candidate));
    found = known;
    disabled = null;
  }

  /** The disabled plugins' ids with their commands' names. */
  Map<String, Set<String>> disabled() {
    Map<String, Set<String>> known = disabled;
    if (known == null) {
      try {
        known = new DisabledPlugins(places().users()).read();
      } catch (PluginException e) {
        problems.accept(String.valueOf(e.getMessage()));
        known = Map.of();
      }
      disabled = known;
    }
    return known;
  }

  boolean isDisabled(String id) {
    return disabled().containsKey(id);
  }

  /**
   * Has a plugin be disabled, in every process from now on.
   *
   * @param commands the names of its commands
   */
  void disable(String id, Set<String> commands) throws PluginException {
    disabled = null;
    try (UsersFolder folder = UsersFolder.open(places().users())) {
      new DisabledPlugins(folder.path()).add(id, commands);
    }
  }

  /**
   * Takes that back.
   *
   * @return whether it was disabled
   */
  boolean enable(String id) throws PluginException {
    disabled = null;
    if (!isDisabled(id)) {
      return false;
    }
    disabled = null;
    try (UsersFolder folder = UsersFolder.open(places().users())) {
      return new DisabledPlugins(folder.path()).remove(id);
    }
  }
}
