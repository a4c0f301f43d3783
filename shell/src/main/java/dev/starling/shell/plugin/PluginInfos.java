package dev.starling.shell.plugin;

import dev.starling.api.command.CommandDefinition;
import java.util.List;

/** Puts together what is known of a plugin. */
final class PluginInfos {

  private PluginInfos() {}

  /** Describes a plugin, without loading it. */
  static PluginInfo of(PluginCandidate candidate, PluginCatalog catalog, RunningPlugins running) {
    String id = candidate.id();
    RunningPlugin plugin = running.get(id);
    String problem = running.problem(id);
    PluginInfo.State state = PluginInfo.State.UNLOADED;
    if (plugin != null) {
      state = PluginInfo.State.LOADED;
    } else if (catalog.isDisabled(id)) {
      state = PluginInfo.State.DISABLED;
      problem = null;
    } else if (problem != null) {
      state = PluginInfo.State.FAILED;
    }
    return new PluginInfo(
        id,
        candidate.version(),
        state,
        candidate.provider(),
        candidate.description(),
        candidate.requires(),
        candidate.dependencies(),
        catalog.places().origin(candidate.file()),
        candidate.file(),
        plugin == null
            ? List.copyOf(running.words(candidate))
            : plugin.commands().stream().map(CommandDefinition::words).sorted().toList(),
        plugin == null ? List.of() : plugin.layer().moduleNames(),
        plugin == null ? List.of() : jars(plugin),
        problem);
  }

  /** A plugin's jars by their names in the folder, zip or jar where it lies. */
  private static List<String> jars(RunningPlugin plugin) {
    PluginCandidate candidate = plugin.candidate();
    return plugin.layer().jars().stream()
        .map(jar ->
            jar.equals(candidate.path())
                ? String.valueOf(candidate.file().getFileName())
                : candidate.path().relativize(jar).toString())
        .toList();
  }
}
