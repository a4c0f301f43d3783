package dev.starling.shell.command;

import dev.starling.api.command.CommandContext;
import dev.starling.shell.plugin.PluginInfo;
import dev.starling.shell.plugin.PluginManagement;
import java.io.IOException;
import picocli.CommandLine.Command;

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
final class PluginReloadCommand extends OnePluginCommand<PluginListing> {

  PluginReloadCommand(PluginManagement plugins) {
    super(plugins);
  }

  @Override
  public boolean fits(PluginInfo.State state) {
    return state != PluginInfo.State.DISABLED;
  }

  @Override
  public PluginListing run(CommandContext context) throws IOException {
    return PluginListing.of(plugins().reload(id()));
  }
}
