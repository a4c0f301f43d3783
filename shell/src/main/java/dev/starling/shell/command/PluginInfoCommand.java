package dev.starling.shell.command;

import dev.starling.api.command.CommandContext;
import dev.starling.shell.plugin.PluginManagement;
import java.io.IOException;
import picocli.CommandLine.Command;

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
final class PluginInfoCommand extends OnePluginCommand<PluginDetails> {

  PluginInfoCommand(PluginManagement plugins) {
    super(plugins);
  }

  @Override
  public PluginDetails run(CommandContext context) throws IOException {
    return new PluginDetails(plugins().info(id()));
  }
}
