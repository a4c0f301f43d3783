package dev.starling.shell.line;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a line asks for. */
public sealed interface Statement {

  /** As it was written. */
  String text();

  /**
   * Groovy.
   *
   * @param text to be evaluated
   */
  record Groovy(String text) implements Statement {}

  /**
   * A command and what becomes of its result.
   *
   * @param text as it was written
   * @param variable the variable that takes the last value, or null
   * @param words the command's, at least one
   * @param stages what the result goes through, in order
   * @param target the file that takes the text, or null for the terminal
   * @param background whether the shell goes on at once
   */
  record Run(
      String text,
      @Nullable String variable,
      List<String> words,
      List<Stage> stages,
      @Nullable Target target,
      boolean background)
      implements Statement {
    public Run {
      words = List.copyOf(words);
      stages = List.copyOf(stages);
      if (words.isEmpty()) {
        throw new IllegalArgumentException("a command has at least one word");
      }
    }
  }

  /** What stands after a pipe. */
  sealed interface Stage {

    /**
     * A Groovy closure, called with the value.
     *
     * @param text with its braces
     */
    record Closure(String text) implements Stage {}

    /**
     * A program for text.
     *
     * @param words its name and arguments
     */
    record Filter(List<String> words) implements Stage {
      public Filter {
        words = List.copyOf(words);
      }
    }
  }

  /**
   * Where text is written.
   *
   * @param file a path, relative to the working directory
   * @param append whether what is in the file stays
   */
  record Target(String file, boolean append) {}
}
