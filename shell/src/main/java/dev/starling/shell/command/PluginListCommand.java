package dev.starling.shell.command;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.StarlingCommand;
import dev.starling.shell.plugin.PluginHost;
import picocli.CommandLine.Command;

/** {@code plugin list}. */
@Command(
    name = "list",
    aliases = "ls",
    description = "List the plugins, their commands, and what is wrong with those that fail.")
final class PluginListCommand implements StarlingCommand<PluginListing> {

  private final PluginHost plugins;

  PluginListCommand(PluginHost plugins) {
    this.plugins = plugins;
  }

  @Override
  public PluginListing run(CommandContext context) {
    return new PluginListing(plugins.list());
  }
}
