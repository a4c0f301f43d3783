package dev.starling.shell.command;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.StarlingCommand;
import dev.starling.shell.plugin.PluginManagement;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code plugin info}. */
@Command(
    name = "info",
    description = "Show all that is known of a plugin, and why it cannot be used.",
    footer = {
      "",
      "Example:",
      "  starling plugin info convert",
      "",
      "See also: plugin list, help plugins"
    })
final class PluginInfoCommand implements StarlingCommand<PluginDetails>, AboutPlugin {

  @Parameters(
      paramLabel = "ID",
      completionCandidates = PluginIds.class,
      description = "The plugin's id.")
  private String id = "";

  private final PluginManagement plugins;

  PluginInfoCommand(PluginManagement plugins) {
    this.plugins = plugins;
  }

  @Override
  public PluginManagement plugins() {
    return plugins;
  }

  @Override
  public PluginDetails run(CommandContext context) throws IOException {
    return new PluginDetails(plugins.info(id));
  }
}
