package dev.starling.shell.plugin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Starts and stops plugins, those they depend on first, and remembers which could not be started
 * and which are to stay away. Guarded by {@link PluginHost}; not thread-safe.
 */
final class RunningPlugins {

  private final PluginCatalog catalog;
  private final Consumer<String> problems;
  private final Map<String, RunningPlugin> running = new LinkedHashMap<>();
  private final Map<String, String> failed = new LinkedHashMap<>();
  private final Set<String> unwanted = new HashSet<>();
  private final Map<String, Set<String>> words = new HashMap<>();
  private @Nullable LayerPluginManager manager;

  /**
   * @param problems takes a line for each plugin that cannot be used, once
   */
  RunningPlugins(PluginCatalog catalog, Consumer<String> problems) {
    this.catalog = catalog;
    this.problems = problems;
  }

  /** Those that run, in the order in which they were started. */
  Collection<RunningPlugin> all() {
    return running.values();
  }

  /** What their descriptors tell. */
  List<PluginCandidate> candidates() {
    return running.values().stream().map(RunningPlugin::candidate).toList();
  }

  @Nullable RunningPlugin get(String id) {
    return running.get(id);
  }

  /** Why it could not be started; null if it was not tried or runs. */
  @Nullable String problem(String id) {
    return failed.get(id);
  }

  /** Whether it was unloaded by hand. */
  boolean isUnwanted(String id) {
    return unwanted.contains(id);
  }

  /** Whether it is to be started when it is needed. */
  boolean isWaiting(PluginCandidate candidate) {
    String id = candidate.id();
    return !running.containsKey(id)
        && !failed.containsKey(id)
        && !unwanted.contains(id)
        && !catalog.isDisabled(id);
  }

  /** The words that begin its commands' lines, as far as is known: it said so, or it ran. */
  Set<String> words(PluginCandidate candidate) {
    Set<String> known = new TreeSet<>(candidate.declared());
    known.addAll(words.getOrDefault(candidate.id(), Set.of()));
    known.addAll(catalog.disabled().getOrDefault(candidate.id(), Set.of()));
    return known;
  }

  /** Lets a plugin be started again, with those that could not because of it. */
  void allow(String id) {
    unwanted.remove(id);
    if (failed.remove(id) == null && running.containsKey(id)) {
      return;
    }
    List<String> above =
        catalog.all().values().stream()
            .filter(candidate -> candidate.dependencies().contains(id))
            .map(PluginCandidate::id)
            .filter(failed::containsKey)
            .toList();
    above.forEach(this::allow);
  }

  /** Starts these and what they depend on; reports those that cannot be started. */
  void start(Collection<PluginCandidate> wanted) {
    if (!wanted.isEmpty()) {
      start(wanted, (_, line) -> problems.accept(line));
    }
  }

  /**
   * Starts one and what it depends on.
   *
   * @throws PluginException if it cannot be started; it is not reported then
   */
  void startNow(PluginCandidate candidate) throws PluginException {
    String wanted = candidate.id();
    allow(wanted);
    start(
        List.of(candidate),
        (id, line) -> {
          if (!id.equals(wanted)) {
            problems.accept(line);
          }
        });
    String problem = failed.get(wanted);
    if (problem != null) {
      throw new PluginException(problem);
    }
  }

  private void start(Collection<PluginCandidate> wanted, PluginOrder.Problems told) {
    PluginOrder.Problems once =
        (id, line) -> {
          if (failed.putIfAbsent(id, line) == null) {
            told.tell(id, line);
          }
        };
    List<PluginCandidate> order =
        PluginOrder.of(wanted, catalog.all(), catalog.disabled().keySet(), once);
    for (PluginCandidate candidate : order) {
      if (!running.containsKey(candidate.id()) && !failed.containsKey(candidate.id())) {
        try {
          start(candidate);
        } catch (PluginException e) {
          once.tell(candidate.id(), String.valueOf(e.getMessage()));
        }
      }
    }
  }

  private void start(PluginCandidate candidate) throws PluginException {
    PluginVersions.requireApi(candidate.id(), candidate.requires());
    PluginLayer layer = manager(candidate).start(candidate);
    RunningPlugin plugin;
    try {
      plugin = RunningPlugin.of(candidate, layer);
    } catch (PluginException e) {
      manager(candidate).unload(candidate.id());
      throw e;
    }
    running.put(candidate.id(), plugin);
    words.put(candidate.id(), plugin.words());
  }

  private LayerPluginManager manager(PluginCandidate first) {
    LayerPluginManager plugins = manager;
    if (plugins == null) {
      plugins = new LayerPluginManager(first.path());
      manager = plugins;
    }
    return plugins;
  }

  /**
   * Stops a plugin and those that depend on it, and closes their jars.
   *
   * @return their ids, dependents first; empty if it does not run
   */
  List<String> stop(String id) {
    List<String> gone = new ArrayList<>();
    for (RunningPlugin plugin : List.copyOf(running.values()).reversed()) {
      if (plugin.id().equals(id) || dependsOn(plugin.candidate(), id)) {
        gone.add(plugin.id());
      }
    }
    for (String each : gone) {
      running.remove(each);
      if (manager != null) {
        manager.unload(each);
      }
    }
    return gone;
  }

  /** Has plugins stay away until they are asked for by name. */
  void keepAway(Collection<String> ids) {
    unwanted.addAll(ids);
  }

  private boolean dependsOn(PluginCandidate candidate, String id) {
    return candidate.dependencies().stream()
        .anyMatch(dependency -> {
          RunningPlugin next = running.get(dependency);
          return dependency.equals(id) || (next != null && dependsOn(next.candidate(), id));
        });
  }

  /** Stops all. */
  void stopAll() {
    List.copyOf(running.keySet()).reversed().forEach(this::stop);
  }
}
