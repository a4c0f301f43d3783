package dev.starling.shell.host;

import java.util.Set;

/** Which commands a call will look for. */
public sealed interface Wanted {

  /** Whether the command of that name will be looked for. */
  boolean includes(String command);

  /** Every command, as for help and completion. */
  record All() implements Wanted {
    @Override
    public boolean includes(String command) {
      return true;
    }
  }

  /**
   * The commands that a line may name.
   *
   * @param words the line's words, options and all
   */
  record Named(Set<String> words) implements Wanted {
    public Named {
      words = Set.copyOf(words);
    }

    @Override
    public boolean includes(String command) {
      return words.contains(command);
    }
  }
}
