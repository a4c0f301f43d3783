package dev.starling.shell.command;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandResult;
import dev.starling.shell.command.PluginUnloadCommand.Unloaded;
import dev.starling.shell.plugin.PluginInfo;
import dev.starling.shell.plugin.PluginManagement;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code plugin unload}. */
@Command(
    name = "unload",
    description = "Unload a plugin, and those that depend on it, from this process.",
    footer = {
      "",
      "Example:",
      "  plugin unload convert",
      "",
      "See also: plugin load, plugin reload, plugin disable, help plugins"
    })
final class PluginUnloadCommand extends OnePluginCommand<Unloaded> {

  PluginUnloadCommand(PluginManagement plugins) {
    super(plugins);
  }

  /**
   * What was unloaded.
   *
   * @param unloaded ids, dependents first
   * @param nativeCode the ids of those that may have loaded native libraries: these stay in the
   *     process until it ends, where classes and files are let go of
   */
  public record Unloaded(List<String> unloaded, List<String> nativeCode) implements CommandResult {
    public Unloaded {
      unloaded = List.copyOf(unloaded);
      nativeCode = List.copyOf(nativeCode);
    }

    @Override
    public void writeText(PrintWriter out) {
      for (String each : unloaded) {
        String but = nativeCode.contains(each) ? "; its native libraries stay until the end" : "";
        out.println(each + " is unloaded" + but);
      }
    }
  }

  @Override
  public boolean fits(PluginInfo.State state) {
    return state == PluginInfo.State.LOADED;
  }

  @Override
  public Unloaded run(CommandContext context) throws IOException {
    List<PluginManagement.Unloaded> gone = plugins().unload(id());
    return new Unloaded(
        gone.stream().map(PluginManagement.Unloaded::id).toList(),
        gone.stream()
            .filter(PluginManagement.Unloaded::nativeCode)
            .map(PluginManagement.Unloaded::id)
            .toList());
  }
}
