package dev.starling.shell.host;

import dev.starling.api.command.CommandDefinition;
import dev.starling.api.command.Placement;
import dev.starling.shell.host.CommandSource.Sourced;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells from a line's words which command it names, before anything is parsed. */
final class LineTarget {

  private LineTarget() {}

  /** Whether the line's first word, or the one after a group's name, is one of the commands. */
  static boolean isAmong(List<String> words, List<Sourced> commands) {
    List<String> names = names(words);
    if (names.isEmpty()) {
      return false;
    }
    if (names.size() == 2 && CommandTree.isGroup(names.getFirst())) {
      return commands.stream()
          .map(Sourced::definition)
          .anyMatch(d -> d.placement().group() != null && named(d, names.getLast()));
    }
    return commands.stream()
        .map(Sourced::definition)
        .anyMatch(d -> d.placement().top() && named(d, names.getFirst()));
  }

  private static List<String> names(List<String> words) {
    return words.stream().filter(word -> !word.startsWith("-")).limit(2).toList();
  }

  /** The word that names the line's command: the first, or the one after a group's; or null. */
  static @Nullable String name(List<String> words) {
    List<String> names = names(words);
    if (names.isEmpty()) {
      return null;
    }
    return CommandTree.isGroup(names.getFirst()) ? names.getLast() : names.getFirst();
  }

  /** Whether one of the wanted words names the command. */
  static boolean names(CommandDefinition<?> definition, Wanted wanted) {
    return wanted.includes(definition.name())
        || definition.aliases().stream().anyMatch(wanted::includes);
  }

  /** Whether one of the wanted words names the command or its group. */
  static boolean mayName(CommandDefinition<?> definition, Wanted wanted) {
    String group = definition.placement().group();
    return names(definition, wanted)
        || (group != null && CommandTree.groupNames(group).stream().anyMatch(wanted::includes));
  }

  private static boolean named(CommandDefinition<?> definition, String word) {
    return definition.name().equals(word) || definition.aliases().contains(word);
  }

  /** Where scripts find the command. */
  static String path(CommandDefinition<?> definition) {
    Placement placement = definition.placement();
    return placement.top() ? definition.name() : placement.group() + "-" + definition.name();
  }
}
