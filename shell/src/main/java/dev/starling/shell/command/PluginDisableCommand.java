package dev.starling.shell.command;

import dev.starling.api.command.CommandContext;
import dev.starling.shell.plugin.PluginInfo;
import dev.starling.shell.plugin.PluginManagement;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code plugin disable}. */
@Command(
    name = "disable",
    description = {
      "Have a plugin not be used any more, now and later, until it is enabled.",
      "The plugins that build on it cannot be used then either."
    },
    footer = {
      "",
      "Example:",
      "  starling plugin disable optimize",
      "",
      "See also: plugin enable, plugin unload, help plugins"
    })
final class PluginDisableCommand extends OnePluginCommand<PluginListing> {

  PluginDisableCommand(PluginManagement plugins) {
    super(plugins);
  }

  @Override
  public boolean fits(PluginInfo.State state) {
    return state != PluginInfo.State.DISABLED;
  }

  @Override
  public PluginListing run(CommandContext context) throws IOException {
    return PluginListing.of(List.of(plugins().disable(id())));
  }
}
