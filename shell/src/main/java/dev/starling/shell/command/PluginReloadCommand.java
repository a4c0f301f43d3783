package dev.starling.shell.command;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.StarlingCommand;
import dev.starling.shell.plugin.PluginHost;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code plugin reload}. */
@Command(
    name = "reload",
    description = "Load a plugin anew, and those that depend on it: after its jars have changed.")
final class PluginReloadCommand implements StarlingCommand<PluginListing> {

  @Parameters(paramLabel = "ID", description = "The plugin's id.")
  private String id = "";

  private final PluginHost plugins;

  PluginReloadCommand(PluginHost plugins) {
    this.plugins = plugins;
  }

  @Override
  public PluginListing run(CommandContext context) throws IOException {
    return new PluginListing(plugins.reload(id));
  }
}
