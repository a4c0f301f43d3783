package dev.starling.shell.command;

import dev.starling.api.command.CommandContext;
import dev.starling.shell.plugin.PluginInfo;
import dev.starling.shell.plugin.PluginManagement;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code plugin enable}. */
@Command(
    name = "enable",
    description = "Have a disabled plugin be used again, now and by later commands.",
    footer = {
      "",
      "Example:",
      "  starling plugin enable optimize",
      "",
      "See also: plugin disable, plugin list, help plugins"
    })
final class PluginEnableCommand extends OnePluginCommand<PluginListing> {

  PluginEnableCommand(PluginManagement plugins) {
    super(plugins);
  }

  @Override
  public boolean fits(PluginInfo.State state) {
    return state == PluginInfo.State.DISABLED;
  }

  @Override
  public PluginListing run(CommandContext context) throws IOException {
    return PluginListing.of(List.of(plugins().enable(id())));
  }
}
