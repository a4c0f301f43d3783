package dev.starling.shell.command;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandResult;
import dev.starling.shell.command.PluginUninstallCommand.Uninstalled;
import dev.starling.shell.plugin.PluginManagement;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** {@code plugin uninstall}. */
@Command(
    name = "uninstall",
    description = "Unload a plugin that was installed by 'plugin install', and delete it.",
    footer = {
      "",
      "Example:",
      "  starling plugin uninstall size-report",
      "",
      "See also: plugin install, plugin disable, help plugins"
    })
final class PluginUninstallCommand extends OnePluginCommand<Uninstalled> {

  PluginUninstallCommand(PluginManagement plugins) {
    super(plugins);
  }

  /**
   * What was deleted.
   *
   * @param id the plugin
   * @param path where it lay
   */
  public record Uninstalled(String id, Path path) implements CommandResult {
    @Override
    public void writeText(PrintWriter out) {
      out.println(id + " is uninstalled: " + path + " is deleted");
    }
  }

  @Override
  public Uninstalled run(CommandContext context) throws IOException {
    return new Uninstalled(id(), plugins().uninstall(id()));
  }
}
