package dev.starling.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The program. */
public final class Main {

  private static final Set<String> SHELL_OPTIONS = Set.of("-c", "--keep-going");

  private Main() {}

  /**
   * Runs one line, or the interactive shell, and ends the process with its exit code.
   *
   * @param words the line, without {@code starling}
   */
  public static void main(String[] words) {
    if (words.length == 1 && isVersion(words[0])) {
      System.out.println("starling " + Version.CURRENT); // before anything else is loaded
      System.out.flush();
      return;
    }
    int exitCode = Program.run(withShell(List.of(words)));
    System.exit(exitCode);
  }

  /** {@code -c LINES} is {@code shell -c LINES}. */
  static List<String> withShell(List<String> words) {
    if (words.isEmpty() || !SHELL_OPTIONS.contains(words.getFirst())) {
      return words;
    }
    List<String> line = new ArrayList<>(words);
    line.addFirst("shell");
    return line;
  }

  private static boolean isVersion(String word) {
    return word.equals("version") || word.equals("--version") || word.equals("-V");
  }
}
