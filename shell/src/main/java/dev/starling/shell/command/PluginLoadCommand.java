package dev.starling.shell.command;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.StarlingCommand;
import dev.starling.shell.plugin.PluginHost;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code plugin load}. */
@Command(
    name = "load",
    description = {
      "Load a plugin into this process: of use in the shell and in scripts.",
      "To have it always, put it into a plugin folder."
    })
final class PluginLoadCommand implements StarlingCommand<PluginListing> {

  @Parameters(
      paramLabel = "PLUGIN",
      description = "A folder, jar or zip, or the id of a plugin that was unloaded.")
  private String plugin = "";

  private final PluginHost plugins;

  PluginLoadCommand(PluginHost plugins) {
    this.plugins = plugins;
  }

  @Override
  public PluginListing run(CommandContext context) throws IOException {
    return new PluginListing(List.of(plugins.load(plugin)));
  }
}
