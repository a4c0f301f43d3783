package dev.starling.shell.command;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.StarlingCommand;
import dev.starling.shell.plugin.PluginInfo;
import dev.starling.shell.plugin.PluginManagement;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code plugin load}. */
@Command(
    name = "load",
    description = {
      "Load a plugin into this process: of use in the shell and in scripts.",
      "To have it always, use 'plugin install'."
    },
    footer = {
      "",
      "Example:",
      "  plugin load target/size-report-1.0.0.jar",
      "",
      "See also: plugin unload, plugin reload, plugin install, help plugins"
    })
final class PluginLoadCommand implements StarlingCommand<PluginListing>, AboutPlugin {

  @Parameters(
      paramLabel = "PLUGIN",
      completionCandidates = PluginIds.class,
      description = "A folder, jar or zip, or the id of a plugin that was unloaded.")
  private String plugin = "";

  private final PluginManagement plugins;

  PluginLoadCommand(PluginManagement plugins) {
    this.plugins = plugins;
  }

  @Override
  public PluginManagement plugins() {
    return plugins;
  }

  @Override
  public boolean fits(PluginInfo.State state) {
    return state == PluginInfo.State.UNLOADED || state == PluginInfo.State.FAILED;
  }

  @Override
  public boolean takesFiles() {
    return true;
  }

  @Override
  public PluginListing run(CommandContext context) throws IOException {
    return PluginListing.of(List.of(plugins.load(plugin)));
  }
}
