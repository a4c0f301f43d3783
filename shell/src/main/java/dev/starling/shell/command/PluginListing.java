package dev.starling.shell.command;

import dev.starling.api.command.CommandResult;
import dev.starling.shell.plugin.PluginInfo;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * Plugins and how they are.
 *
 * @param plugins in the order they were found
 */
public record PluginListing(List<PluginInfo> plugins) implements CommandResult {

  public PluginListing {
    plugins = List.copyOf(plugins);
  }

  @Override
  public void writeText(PrintWriter out) {
    for (PluginInfo plugin : plugins) {
      String problem = plugin.problem();
      out.printf(
          Locale.ROOT,
          "%-16s %-10s %-9s %s%n",
          plugin.id(),
          plugin.version(),
          plugin.state().name().toLowerCase(Locale.ROOT),
          problem != null ? problem : String.join(" ", plugin.commands()));
    }
  }
}
