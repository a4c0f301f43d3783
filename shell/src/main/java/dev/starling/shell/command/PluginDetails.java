package dev.starling.shell.command;

import dev.starling.api.command.CommandResult;
import dev.starling.shell.plugin.PluginInfo;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a plugin.
 *
 * @param plugin the plugin
 */
public record PluginDetails(PluginInfo plugin) implements CommandResult {

  @Override
  public void writeText(PrintWriter out) {
    out.println(plugin.id() + " " + plugin.version());
    line(out, "what", plugin.description());
    line(out, "by", plugin.provider());
    line(out, "state", plugin.state().name().toLowerCase(Locale.ROOT));
    line(out, "why", plugin.problem());
    line(out, "from", plugin.path() + " (" + origin() + ")");
    line(out, "requires", plugin.requires() == null ? null : "Starling " + plugin.requires());
    line(out, "builds on", words(plugin.dependencies()));
    line(out, "commands", words(plugin.commands()));
    boolean classPath = plugin.modules().isEmpty();
    line(out, "modules", words(plugin.modules()));
    line(out, classPath ? "class path" : "jars", words(plugin.jars()));
  }

  private String origin() {
    return switch (plugin.origin()) {
      case INSTALLATION -> "the program's own";
      case USER -> "the user's";
      case ELSEWHERE -> "loaded for this shell";
    };
  }

  private static @Nullable String words(List<String> words) {
    return words.isEmpty() ? null : String.join(", ", words);
  }

  private static void line(PrintWriter out, String name, @Nullable String value) {
    if (value != null) {
      out.printf(Locale.ROOT, "  %-11s %s%n", name, value);
    }
  }
}
