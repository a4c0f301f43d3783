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
 * @param broken what looks like a plugin in the folders and cannot be one: a line for each
 */
public record PluginListing(List<PluginInfo> plugins, List<String> broken)
    implements CommandResult {

  public PluginListing {
    plugins = List.copyOf(plugins);
    broken = List.copyOf(broken);
  }

  /** Some plugins of those that there are. */
  static PluginListing of(List<PluginInfo> plugins) {
    return new PluginListing(plugins, List.of());
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
    broken.forEach(out::println);
  }
}
