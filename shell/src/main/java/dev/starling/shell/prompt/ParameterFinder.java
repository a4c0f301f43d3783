package dev.starling.shell.prompt;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Finds what the last of a command's words is, from picocli's model.
 *
 * @param command the command, or group, that the words before name
 * @param value the option or positional parameter whose value the last word is, or null
 * @param typed the last word, or what of it is the value
 * @param before what of the word stands before the value: an option's name and {@code =}
 * @param endOfOptions whether {@code --} stands before it
 */
record ParameterFinder(
    CommandSpec command,
    @Nullable ArgSpec value,
    String typed,
    String before,
    boolean endOfOptions) {

  static ParameterFinder find(CommandLine root, List<String> words) {
    CommandLine command = root;
    int position = 0;
    OptionSpec open = null;
    boolean endOfOptions = false;
    for (String word : words.subList(0, words.size() - 1)) {
      CommandLine sub = position == 0 ? command.getSubcommands().get(word) : null;
      if (open != null) {
        open = null;
      } else if (word.equals("--")) {
        endOfOptions = true;
      } else if (word.startsWith("-") && !endOfOptions) {
        OptionSpec option = command.getCommandSpec().findOption(word);
        open = option != null && option.arity().max() > 0 ? option : null;
      } else if (sub != null) {
        command = sub;
      } else {
        position++;
      }
    }
    return of(command.getCommandSpec(), words.getLast(), open, position, endOfOptions);
  }

  private static ParameterFinder of(
      CommandSpec command,
      String word,
      @Nullable OptionSpec open,
      int position,
      boolean endOfOptions) {
    if (open != null) {
      return new ParameterFinder(command, open, word, "", endOfOptions);
    }
    int equals = word.indexOf('=');
    if (word.startsWith("--") && equals > 0 && !endOfOptions) {
      return new ParameterFinder(
          command,
          command.findOption(word.substring(0, equals)),
          word.substring(equals + 1),
          word.substring(0, equals + 1),
          false);
    }
    boolean option = word.startsWith("-") && !endOfOptions;
    return new ParameterFinder(
        command, option ? null : positional(command, position), word, "", endOfOptions);
  }

  private static @Nullable PositionalParamSpec positional(CommandSpec command, int position) {
    return command.positionalParameters().stream()
        .sorted(Comparator.comparingInt(parameter -> parameter.index().min()))
        .filter(parameter -> parameter.index().contains(position) || takes(parameter, position))
        .findFirst()
        .orElse(null);
  }

  private static boolean takes(PositionalParamSpec parameter, int position) {
    return parameter.index().isVariable() && parameter.index().min() <= position;
  }

  /** The names of the command's options that may be meant, the longest of each. */
  List<OptionSpec> options() {
    return command.options().stream().filter(option -> !option.hidden()).toList();
  }
}
