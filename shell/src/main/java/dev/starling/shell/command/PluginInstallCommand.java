package dev.starling.shell.command;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.StarlingCommand;
import dev.starling.shell.plugin.PluginManagement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code plugin install}. */
@Command(
    name = "install",
    description = {
      "Check a plugin, copy it into the user's plugin folder, and load it.",
      "It replaces an older version of itself; one that cannot be used changes nothing."
    },
    footer = {
      "",
      "Example:",
      "  starling plugin install target/size-report-1.0.0.jar",
      "",
      "See also: plugin uninstall, plugin load, plugin sdk, help plugins"
    })
final class PluginInstallCommand implements StarlingCommand<PluginListing> {

  @Parameters(paramLabel = "FILE", description = "A jar or zip.")
  private Path file = Path.of("");

  @Option(
      names = "--force",
      description = "Also replace the same version of itself, or a later one.")
  private boolean force;

  private final PluginManagement plugins;

  PluginInstallCommand(PluginManagement plugins) {
    this.plugins = plugins;
  }

  @Override
  public PluginListing run(CommandContext context) throws IOException {
    return PluginListing.of(List.of(plugins.install(file.toAbsolutePath().normalize(), force)));
  }
}
