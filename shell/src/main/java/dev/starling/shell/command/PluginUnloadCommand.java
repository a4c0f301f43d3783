package dev.starling.shell.command;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandResult;
import dev.starling.api.command.StarlingCommand;
import dev.starling.shell.command.PluginUnloadCommand.Unloaded;
import dev.starling.shell.plugin.PluginHost;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code plugin unload}. */
@Command(
    name = "unload",
    description = "Unload a plugin, and those that depend on it, from this process.")
final class PluginUnloadCommand implements StarlingCommand<Unloaded> {

  @Parameters(paramLabel = "ID", description = "The plugin's id.")
  private String id = "";

  private final PluginHost plugins;

  PluginUnloadCommand(PluginHost plugins) {
    this.plugins = plugins;
  }

  /**
   * What was unloaded.
   *
   * @param unloaded ids, dependents first
   */
  public record Unloaded(List<String> unloaded) implements CommandResult {
    public Unloaded {
      unloaded = List.copyOf(unloaded);
    }

    @Override
    public void writeText(PrintWriter out) {
      unloaded.forEach(each -> out.println(each + " is unloaded"));
    }
  }

  @Override
  public Unloaded run(CommandContext context) throws IOException {
    return new Unloaded(plugins.unload(id));
  }
}
