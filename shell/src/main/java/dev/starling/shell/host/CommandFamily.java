package dev.starling.shell.host;

import dev.starling.api.command.CommandDefinition;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Commands that are defined together, and not before a line may name one of them: that takes the
 * annotations of their classes, which is a good part of a short command's time.
 *
 * @param words that may begin a line that names one of them, as {@link CommandSource#firstWords}
 *     gives them
 * @param definitions makes them
 */
public record CommandFamily(Set<String> words, Supplier<List<CommandDefinition<?>>> definitions) {

  public CommandFamily {
    words = Set.copyOf(words);
  }
}
