package dev.starling.shell.command;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.StarlingCommand;
import dev.starling.shell.plugin.PluginManagement;
import picocli.CommandLine.Command;

/** {@code plugin list}. */
@Command(
    name = "list",
    aliases = "ls",
    description = "List the plugins, their commands, and what is wrong with any.",
    footer = {
      "",
      "Example:",
      "  starling plugin list",
      "",
      "See also: plugin info, plugin install, help plugins"
    })
final class PluginListCommand implements StarlingCommand<PluginListing> {

  private final PluginManagement plugins;

  PluginListCommand(PluginManagement plugins) {
    this.plugins = plugins;
  }

  @Override
  public PluginListing run(CommandContext context) {
    return new PluginListing(plugins.list(), plugins.broken());
  }
}
