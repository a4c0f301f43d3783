package dev.starling.shell.host;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Words for lines that picocli does not understand. */
final class UsageErrors {

  private UsageErrors() {}

  /** What was wrong, what may have been meant, and where help is. */
  static String describe(ParameterException failure) {
    String command = failure.getCommandLine().getCommandSpec().qualifiedName();
    return problem(failure) + "; see '" + command + " --help'";
  }

  private static String problem(ParameterException failure) {
    if (!(failure instanceof UnmatchedArgumentException unmatched)) {
      return lowerFirst(String.valueOf(failure.getMessage()));
    }
    String word = unmatched.getUnmatched().getFirst();
    boolean hasCommands = !failure.getCommandLine().getSubcommands().isEmpty();
    String kind =
        unmatched.isUnknownOption()
            ? "unknown option"
            : hasCommands ? "unknown command" : "unexpected argument";
    List<String> suggestions = unmatched.getSuggestions();
    String hint =
        suggestions.isEmpty() || (!hasCommands && !unmatched.isUnknownOption())
            ? ""
            : "; did you mean " + lastWord(suggestions.getFirst()) + "?";
    return kind + " '" + word + "'" + hint;
  }

  private static String lastWord(String suggestion) {
    return suggestion.substring(suggestion.lastIndexOf(' ') + 1);
  }

  private static String lowerFirst(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }
}
