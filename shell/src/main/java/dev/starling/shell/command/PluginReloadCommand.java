package dev.starling.shell.command;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.StarlingCommand;
import dev.starling.shell.plugin.PluginInfo;
import dev.starling.shell.plugin.PluginManagement;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code plugin reload}. */
@Command(
    name = "reload",
    description = "Load a plugin anew, and those that depend on it.",
    footer = {
      "",
      "Example:",
      "  plugin reload convert",
      "",
      "See also: plugin load, plugin unload, help plugins"
    })
final class PluginReloadCommand implements StarlingCommand<PluginListing>, AboutPlugin {

  @Parameters(
      paramLabel = "ID",
      completionCandidates = PluginIds.class,
      description = "The plugin's id.")
  private String id = "";

  private final PluginManagement plugins;

  PluginReloadCommand(PluginManagement plugins) {
    this.plugins = plugins;
  }

  @Override
  public PluginManagement plugins() {
    return plugins;
  }

  @Override
  public boolean fits(PluginInfo.State state) {
    return state != PluginInfo.State.DISABLED;
  }

  @Override
  public PluginListing run(CommandContext context) throws IOException {
    return PluginListing.of(plugins.reload(id));
  }
}
