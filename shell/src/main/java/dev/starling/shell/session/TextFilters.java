package dev.starling.shell.session;

import dev.starling.api.command.UsageException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The programs that may stand after a pipe: {@code grep}, {@code head}, {@code tail}. */
public final class TextFilters {

  /** All names, {@code less} too. */
  public static final Set<String> NAMES = Set.of("grep", "head", "less", "tail");

  private static final int LINES = 10;

  private TextFilters() {}

  /**
   * A filter.
   *
   * @param words its name and arguments
   * @param next where its lines go
   * @throws UsageException if there is no such filter, or it has no such option
   */
  static OutputStream open(List<String> words, OutputStream next) {
    List<String> arguments = words.subList(1, words.size());
    return switch (words.getFirst()) {
      case "grep" -> grep(arguments, next);
      case "head" -> head(count("head", arguments), next);
      case "tail" -> tail(count("tail", arguments), next);
      case "less" -> throw new UsageException("'less' must be the last after '|'");
      default ->
          throw new UsageException(
              "'%s' cannot stand after '|'; use grep, head, tail, less or a closure in braces"
                  .formatted(words.getFirst()));
    };
  }

  private static OutputStream grep(List<String> arguments, OutputStream next) {
    int flags = 0;
    boolean wanted = true;
    List<String> patterns = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.length() < 2 || !argument.startsWith("-")) {
        patterns.add(argument);
        continue;
      }
      for (char option : argument.substring(1).toCharArray()) {
        switch (option) {
          case 'i' -> flags |= Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
          case 'v' -> wanted = false;
          case 'F' -> flags |= Pattern.LITERAL;
          case 'E' -> {} // patterns are extended ones anyway
          default -> throw new UsageException("grep knows -i, -v, -F and -E, but not -" + option);
        }
      }
    }
    if (patterns.size() != 1) {
      throw new UsageException("grep takes one pattern: | grep [-i] [-v] [-F] PATTERN");
    }
    Pattern pattern;
    try {
      pattern = Pattern.compile(patterns.getFirst(), flags);
    } catch (PatternSyntaxException e) {
      throw new UsageException(
          "grep: '%s' is no regular expression (%s); -F takes it literally"
              .formatted(patterns.getFirst(), e.getDescription()));
    }
    boolean matching = wanted;
    return new LineFilter(next) {
      @Override
      void line(String text, OutputStream next) throws IOException {
        if (pattern.matcher(text).find() == matching) {
          print(text, next);
        }
      }
    };
  }

  private static OutputStream head(int count, OutputStream next) {
    return new LineFilter(next) {
      private int seen;

      @Override
      void line(String text, OutputStream next) throws IOException {
        if (seen++ < count) {
          print(text, next);
        }
      }
    };
  }

  private static OutputStream tail(int count, OutputStream next) {
    Deque<String> last = new ArrayDeque<>();
    return new LineFilter(next) {
      @Override
      void line(String text, OutputStream next) {
        last.addLast(text);
        if (last.size() > count) {
          last.removeFirst();
        }
      }

      @Override
      void end(OutputStream next) throws IOException {
        for (String text : last) {
          print(text, next);
        }
      }
    };
  }

  /** {@code -5}, {@code -n 5}, {@code -n5} or nothing. */
  private static int count(String name, List<String> arguments) {
    String given = String.join("", arguments);
    if (given.isEmpty()) {
      return LINES;
    }
    String number = given.startsWith("-n") ? given.substring(2) : given.substring(1);
    if (!given.startsWith("-") || !number.matches("\\d{1,9}")) {
      throw new UsageException(name + " takes a number of lines: | " + name + " -n 5");
    }
    return Integer.parseInt(number);
  }
}
