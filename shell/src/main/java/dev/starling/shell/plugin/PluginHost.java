package dev.starling.shell.plugin;

import dev.starling.api.command.CommandDefinition;
import dev.starling.api.command.StarlingDirectories;
import dev.starling.api.job.Log;
import dev.starling.shell.host.CommandSource;
import dev.starling.shell.host.Wanted;
import java.util.ArrayList;
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
 * unloaded; one that cannot be used is reported once, and the others live. What a user does with
 * plugins is {@link #management}. Thread-safe.
 */
public final class PluginHost implements CommandSource {

  private final PluginCatalog catalog;
  private final RunningPlugins running;
  private final PluginManagement management;

  /**
   * @param places called when plugins are first looked for
   * @param problems takes a line for each plugin that cannot be used
   */
  public PluginHost(Supplier<PluginPlaces> places, Consumer<String> problems) {
    this.catalog = new PluginCatalog(places, problems);
    this.running = new RunningPlugins(catalog, problems);
    this.management = new PluginManagement(this, catalog, running);
  }

  /** What the {@code plugin} commands do. */
  public PluginManagement management() {
    return management;
  }

  @Override
  public synchronized List<Sourced> commands(Wanted wanted) {
    running.start(
        catalog.all().values().stream()
            .filter(running::isWaiting)
            .filter(candidate -> mayBring(candidate, wanted))
            .toList());
    List<Sourced> commands = new ArrayList<>();
    for (RunningPlugin plugin : running.all()) {
      plugin.commands().forEach(c -> commands.add(new Sourced(c, "plugin " + plugin.id())));
    }
    return commands;
  }

  private static boolean mayBring(PluginCandidate candidate, Wanted wanted) {
    Set<String> commands = candidate.commands();
    return commands == null
        || wanted instanceof Wanted.All
        || commands.stream().anyMatch(wanted::includes);
  }

  @Override
  public synchronized Set<String> firstWords() {
    Set<String> words = new HashSet<>();
    boolean known = true;
    for (PluginCandidate candidate : catalog.all().values()) {
      if (running.isWaiting(candidate)) {
        known &= candidate.commands() != null;
        words.addAll(candidate.declared());
      }
    }
    if (!known) {
      return CommandSource.super.firstWords(); // it has to be loaded to know
    }
    for (RunningPlugin plugin : running.all()) {
      for (CommandDefinition<?> command : plugin.commands()) {
        words.addAll(CommandSource.firstWords(command));
      }
    }
    return words;
  }

  @Override
  public synchronized Map<String, String> absent() {
    Map<String, String> absent = new LinkedHashMap<>();
    for (PluginCandidate candidate : catalog.all().values()) {
      String reason = absence(candidate);
      if (reason != null) {
        for (String word : running.words(candidate)) {
          absent.putIfAbsent(
              word, "'" + word + "' belongs to the plugin " + candidate.id() + ", which " + reason);
        }
      }
    }
    return absent;
  }

  private @Nullable String absence(PluginCandidate candidate) {
    String id = candidate.id();
    if (running.get(id) != null) {
      return null;
    }
    if (catalog.isDisabled(id)) {
      return "is disabled; 'starling plugin enable " + id + "' brings it back";
    }
    if (running.isUnwanted(id)) {
      return "was unloaded; 'plugin load " + id + "' loads it again";
    }
    return running.problem(id) == null
        ? null
        : "cannot be used; 'starling plugin info " + id + "' tells why";
  }

  /**
   * Has the plugins whose processes were killed remove what those left. To be called once, before
   * any command; without leftovers it loads nothing.
   */
  public synchronized void sweep(StarlingDirectories directories, Log log) {
    for (PluginCandidate candidate : List.copyOf(catalog.all().values())) {
      String folder = candidate.leftovers();
      if (folder != null
          && !catalog.isDisabled(candidate.id())
          && LeftFolders.isAnyIn(directories.runtime().resolve(folder))) {
        running.start(List.of(candidate));
        RunningPlugin plugin = running.get(candidate.id());
        if (plugin != null) {
          plugin.sweep(directories, log);
        }
      }
    }
  }

  /** A class of a package that a loaded plugin exports, for scripts; null if there is none. */
  public synchronized @Nullable Class<?> exportedClass(String name) {
    for (RunningPlugin plugin : running.all()) {
      Class<?> found = plugin.layer().exportedClass(name).orElse(null);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  @Override
  public synchronized void close() {
    running.stopAll();
  }
}
