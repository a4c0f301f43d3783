package dev.starling.shell.plugin;

import dev.starling.api.command.CommandDefinition;
import dev.starling.api.command.CommandProvider;
import dev.starling.api.command.StarlingDirectories;
import dev.starling.api.job.Log;
import dev.starling.shell.host.CommandSource;
import dev.starling.shell.host.Wanted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The plugins of a process. A plugin is loaded when a call may need it and stays until it is
 * unloaded; one that cannot be used is reported once, and the others live. Thread-safe.
 */
public final class PluginHost implements CommandSource {

  private final Supplier<PluginFolders> folders;
  private final Consumer<String> problems;
  private final Map<String, Loaded> loaded = new LinkedHashMap<>();
  private final Map<String, String> failed = new LinkedHashMap<>();
  private final Set<String> unwanted = new HashSet<>();
  private @Nullable Map<String, PluginCandidate> candidates;
  private @Nullable LayerPluginManager manager;

  /** A plugin that runs. */
  private record Loaded(
      PluginCandidate candidate, PluginLayer layer, List<CommandDefinition<?>> commands) {}

  /**
   * @param roots called when plugins are first looked for: the folders they lie in, the first go
   *     before the later; they need not exist
   * @param unpacked called then too: where zips are unpacked, made when needed
   * @param problems takes a line for each plugin that cannot be used
   */
  public PluginHost(
      Supplier<List<Path>> roots, Supplier<Path> unpacked, Consumer<String> problems) {
    this.folders = () -> new PluginFolders(roots.get(), unpacked.get());
    this.problems = problems;
  }

  @Override
  public synchronized List<Sourced> commands(Wanted wanted) {
    List<PluginCandidate> missing =
        candidates().values().stream()
            .filter(candidate -> !loaded.containsKey(candidate.id()))
            .filter(candidate -> !failed.containsKey(candidate.id()))
            .filter(candidate -> !unwanted.contains(candidate.id()))
            .filter(candidate -> mayBring(candidate, wanted))
            .toList();
    start(missing);
    List<Sourced> commands = new ArrayList<>();
    loaded.forEach((id, plugin) ->
        plugin.commands().forEach(c -> commands.add(new Sourced(c, "plugin " + id))));
    return commands;
  }

  @Override
  public synchronized Set<String> firstWords() {
    Set<String> words = new HashSet<>();
    boolean known = true;
    for (PluginCandidate candidate : candidates().values()) {
      Set<String> declared = candidate.commands();
      if (!loaded.containsKey(candidate.id())
          && !failed.containsKey(candidate.id())
          && !unwanted.contains(candidate.id())) {
        known &= declared != null;
        words.addAll(declared == null ? Set.of() : declared);
      }
    }
    if (!known) {
      return CommandSource.super.firstWords(); // it has to be loaded to know
    }
    loaded
        .values()
        .forEach(
            plugin -> plugin.commands().forEach(c -> words.addAll(CommandSource.firstWords(c))));
    return words;
  }

  private static boolean mayBring(PluginCandidate candidate, Wanted wanted) {
    Set<String> commands = candidate.commands();
    return commands == null
        || wanted instanceof Wanted.All
        || commands.stream().anyMatch(wanted::includes);
  }

  private Map<String, PluginCandidate> candidates() {
    Map<String, PluginCandidate> found = candidates;
    if (found == null) {
      found = folders.get().scan(problems);
      candidates = found;
    }
    return found;
  }

  private void start(Collection<PluginCandidate> wanted) {
    if (wanted.isEmpty()) {
      return;
    }
    Set<String> told = new HashSet<>();
    List<PluginCandidate> order = PluginOrder.of(wanted, candidates(), line -> fail(line, told));
    for (PluginCandidate candidate : order) {
      if (!loaded.containsKey(candidate.id()) && !failed.containsKey(candidate.id())) {
        start(candidate);
      }
    }
  }

  /** Remembers which plugin a line of PluginOrder is about, so that it is told once. */
  private void fail(String line, Set<String> told) {
    for (PluginCandidate candidate : candidates().values()) {
      if (line.startsWith("plugin " + candidate.id() + ":")) {
        failed.putIfAbsent(candidate.id(), line);
      }
    }
    if (told.add(line)) {
      problems.accept(line);
    }
  }

  private void start(PluginCandidate candidate) {
    LayerPluginManager plugins = manager;
    if (plugins == null) {
      plugins = new LayerPluginManager(candidate.path());
      manager = plugins;
    }
    try {
      PluginLayer layer = plugins.start(candidate);
      List<CommandDefinition<?>> commands;
      try {
        commands = commands(candidate, layer);
      } catch (PluginException e) {
        plugins.unload(candidate.id());
        throw e;
      }
      loaded.put(candidate.id(), new Loaded(candidate, layer, commands));
    } catch (PluginException e) {
      failed.put(candidate.id(), String.valueOf(e.getMessage()));
      problems.accept(String.valueOf(e.getMessage()));
    }
  }

  private List<CommandDefinition<?>> commands(PluginCandidate candidate, PluginLayer layer)
      throws PluginException {
    try {
      List<CommandDefinition<?>> commands = new ArrayList<>();
      for (CommandProvider provider : layer.providers()) {
        commands.addAll(provider.commands());
      }
      if (commands.isEmpty()) {
        throw new PluginException(
            "plugin "
                + candidate.id()
                + ": none of its modules provides "
                + CommandProvider.class.getName());
      }
      return commands;
    } catch (RuntimeException | java.util.ServiceConfigurationError | LinkageError e) {
      throw new PluginException(
          "plugin " + candidate.id() + ": its commands cannot be made: " + e, e);
    }
  }

  /**
   * Has the plugins whose processes were killed remove what those left. To be called once, before
   * any command; without leftovers it loads nothing.
   */
  public synchronized void sweep(StarlingDirectories directories, Log log) {
    for (PluginCandidate candidate : List.copyOf(candidates().values())) {
      String folder = candidate.leftovers();
      if (folder != null && LeftFolders.isAnyIn(directories.runtime().resolve(folder))) {
        start(List.of(candidate));
        sweep(loaded.get(candidate.id()), directories, log);
      }
    }
  }

  private static void sweep(@Nullable Loaded plugin, StarlingDirectories directories, Log log) {
    if (plugin == null) {
      return;
    }
    try {
      for (CommandProvider provider : plugin.layer().providers()) {
        provider.sweep(directories, log);
      }
    } catch (IOException | RuntimeException e) {
      log.warn("plugin " + plugin.candidate().id() + " could not tidy up: " + e.getMessage());
    }
  }

  /** All plugins, those that cannot be used too; looks into the folders anew. */
  public synchronized List<PluginInfo> list() {
    rescan();
    commands(new Wanted.All());
    return candidates().values().stream().map(this::info).toList();
  }

  private void rescan() {
    Map<String, PluginCandidate> found = new LinkedHashMap<>(folders.get().scan(problems));
    loaded.values().forEach(plugin -> found.put(plugin.candidate().id(), plugin.candidate()));
    candidates = found;
  }

  private PluginInfo info(PluginCandidate candidate) {
    Loaded plugin = loaded.get(candidate.id());
    String problem = failed.get(candidate.id());
    Set<String> declared = candidate.commands();
    return new PluginInfo(
        candidate.id(),
        candidate.version(),
        plugin != null
            ? PluginInfo.State.LOADED
            : problem != null ? PluginInfo.State.FAILED : PluginInfo.State.UNLOADED,
        candidate.path(),
        plugin != null
            ? plugin.commands().stream().map(CommandDefinition::words).sorted().toList()
            : declared == null ? List.of() : declared.stream().sorted().toList(),
        plugin == null
            ? List.of()
            : plugin.layer().link().modules().stream().map(Module::getName).sorted().toList(),
        problem);
  }

  /**
   * Loads a plugin from a folder, jar or zip, or one that was unloaded by its id.
   *
   * @param pathOrId where it lies, or its id
   * @throws PluginException if it cannot be used or is loaded already
   */
  public synchronized PluginInfo load(String pathOrId) throws PluginException {
    PluginCandidate candidate = candidates().get(pathOrId);
    if (candidate == null) {
      Path path = Path.of(pathOrId).toAbsolutePath();
      if (!path.toFile().exists()) {
        throw new PluginException(
            "there is no plugin '" + pathOrId + "', neither in the plugin folders nor as a path");
      }
      candidate = folders.get().read(path);
    }
    String id = candidate.id();
    if (loaded.containsKey(id)) {
      throw new PluginException("plugin " + id + " is loaded already; 'plugin reload' renews it");
    }
    candidates().put(id, candidate);
    unwanted.remove(id);
    failed.remove(id);
    return running(candidate);
  }

  /** Starts it; what goes wrong is thrown instead of reported. */
  private PluginInfo running(PluginCandidate candidate) throws PluginException {
    start(List.of(candidate));
    String problem = failed.get(candidate.id());
    if (problem != null) {
      throw new PluginException(problem);
    }
    return info(candidate);
  }

  /**
   * Unloads a plugin and those that depend on it, and closes their jars. They stay away until they
   * are loaded by hand.
   *
   * @return the ids of what was unloaded, dependents first
   * @throws PluginException if no such plugin is loaded
   */
  public synchronized List<String> unload(String id) throws PluginException {
    List<String> gone = new ArrayList<>();
    for (Loaded plugin : List.copyOf(loaded.values()).reversed()) {
      PluginCandidate candidate = plugin.candidate();
      if (candidate.id().equals(id)
          || candidate.dependencies().stream().anyMatch(gone::contains)
          || dependsOn(candidate, id)) {
        gone.add(candidate.id());
      }
    }
    if (!loaded.containsKey(id) || manager == null) {
      throw new PluginException("plugin " + id + " is not loaded");
    }
    for (String each : gone) {
      loaded.remove(each);
      manager.unload(each);
      unwanted.add(each);
    }
    return gone;
  }

  private boolean dependsOn(PluginCandidate candidate, String id) {
    return candidate.dependencies().stream()
        .anyMatch(dependency -> {
          Loaded next = loaded.get(dependency);
          return dependency.equals(id) || (next != null && dependsOn(next.candidate(), id));
        });
  }

  /**
   * Unloads a plugin and loads it again from where it lies, with those that depend on it.
   *
   * @return what runs again
   * @throws PluginException if it cannot be used any more
   */
  public synchronized List<PluginInfo> reload(String id) throws PluginException {
    List<String> again;
    if (loaded.containsKey(id)) {
      again = unload(id).reversed();
    } else if (candidates().containsKey(id)) {
      again = List.of(id);
    } else {
      throw new PluginException("there is no plugin '" + id + "'");
    }
    Map<String, PluginCandidate> before = Map.copyOf(candidates());
    rescan();
    List<PluginInfo> running = new ArrayList<>();
    for (String each : again) {
      PluginCandidate old = before.get(each);
      if (old != null) {
        candidates().putIfAbsent(each, PluginDescriptors.read(old.path()));
      }
      unwanted.remove(each);
      failed.remove(each);
      PluginCandidate candidate = candidates().get(each);
      if (candidate != null) {
        running.add(running(candidate));
      }
    }
    return running;
  }

  /** A class of a package that a loaded plugin exports, for scripts; null if there is none. */
  public synchronized @Nullable Class<?> exportedClass(String name) {
    for (Loaded plugin : loaded.values()) {
      Class<?> found = plugin.layer().exportedClass(name).orElse(null);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  @Override
  public synchronized void close() {
    for (String id : List.copyOf(loaded.keySet()).reversed()) {
      loaded.remove(id);
      if (manager != null) {
        manager.unload(id);
      }
    }
  }
}
