package dev.starling.shell.host;

import dev.starling.api.command.CommandDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where commands come from: the shell's own module, or plugins. Thread-safe. */
public interface CommandSource extends AutoCloseable {

  /**
   * A command and who brought it.
   *
   * @param definition the command
   * @param origin for messages, for example {@code plugin convert}
   */
  record Sourced(CommandDefinition<?> definition, String origin) {}

  /**
   * The commands that may be meant. Those that are not wanted may be left out, so that what brings
   * them need not be loaded.
   *
   * @param wanted which commands will be looked for
   */
  List<Sourced> commands(Wanted wanted);

  /**
   * The words that may begin a line that names one of the commands: their names and aliases, and
   * their groups'. Loads as little as it can.
   */
  default Set<String> firstWords() {
    return commands(new Wanted.All()).stream()
        .flatMap(sourced -> firstWords(sourced.definition()).stream())
        .collect(Collectors.toSet());
  }

  /**
   * Commands that would be there if what brings them could be used, by the words that name them,
   * each with one line that says why they are not and what to do. Loads nothing.
   */
  default Map<String, String> absent() {
    return Map.of();
  }

  /** The words that may begin a line that names this command. */
  static List<String> firstWords(CommandDefinition<?> definition) {
    List<String> words = new ArrayList<>();
    if (definition.placement().top()) {
      words.add(definition.name());
      words.addAll(definition.aliases());
    }
    @Nullable String group = definition.placement().group();
    if (group != null) {
      words.addAll(CommandTree.groupNames(group));
    }
    return words;
  }

  /** Gives back what the source holds. */
  @Override
  default void close() {}
}
