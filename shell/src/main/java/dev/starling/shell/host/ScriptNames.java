package dev.starling.shell.host;

import dev.starling.api.command.CommandDefinition;
import dev.starling.shell.host.CommandSource.Sourced;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Names of commands and parameters as Groovy writes them. */
final class ScriptNames {

  private ScriptNames() {}

  /** The commands by their name in scripts; aliases too; earlier ones win. */
  static Map<String, CommandDefinition<?>> of(List<Sourced> commands) {
    Map<String, CommandDefinition<?>> names = new LinkedHashMap<>();
    for (Sourced sourced : commands) {
      CommandDefinition<?> command = sourced.definition();
      names.putIfAbsent(camelCase(LineTarget.path(command)), command);
    }
    for (Sourced sourced : commands) {
      CommandDefinition<?> command = sourced.definition();
      if (command.placement().top()) {
        command.aliases().forEach(alias -> names.putIfAbsent(camelCase(alias), command));
      }
    }
    return names;
  }

  /** {@code --dry-run} as {@code dryRun}, {@code <SOURCE>} as {@code source}. */
  static String camelCase(String name) {
    StringBuilder camel = new StringBuilder();
    String bare = name.replaceAll("^[-<\\[]+|[>\\]]+$", "");
    for (String part : (allCaps(bare) ? bare.toLowerCase(Locale.ROOT) : bare).split("[-_ ]", -1)) {
      if (camel.isEmpty()) {
        camel.append(part);
      } else if (!part.isEmpty()) {
        camel.append(Character.toUpperCase(part.charAt(0))).append(part, 1, part.length());
      }
    }
    return camel.toString();
  }

  /**
   * The names on the command line that a command of this name may have: {@code registryServe} is
   * {@code registry-serve}, or {@code serve} in a group.
   */
  static Set<String> words(String scriptName) {
    Set<String> words = new HashSet<>(Set.of(scriptName));
    String dashed = scriptName.replaceAll("(?<=.)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    for (int dash = -1; ; ) {
      words.add(dashed.substring(dash + 1));
      dash = dashed.indexOf('-', dash + 1);
      if (dash < 0) {
        return words;
      }
    }
  }

  private static boolean allCaps(String name) {
    return name.equals(name.toUpperCase(Locale.ROOT));
  }
}
