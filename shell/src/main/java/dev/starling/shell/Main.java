package dev.starling.shell;

import dev.starling.shell.host.ExitCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The program. */
public final class Main {

  private static final Set<String> SHELL_OPTIONS = Set.of("-c", "--keep-going");

  private static final int SOME_THREADS = 16;

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
    if (exitCode != ExitCode.DONE || isAccompanied()) {
      System.exit(exitCode);
    }
  }

  /**
   * Whether other threads would keep the process from ending with this one. If not, returning does
   * what exiting does, without a logger for it, whose provider is looked for in every jar.
   */
  private static boolean isAccompanied() {
    Thread[] some = new Thread[SOME_THREADS];
    int count = Thread.enumerate(some);
    return count == some.length
        || Arrays.stream(some, 0, count)
            .anyMatch(thread -> !thread.equals(Thread.currentThread()) && !thread.isDaemon());
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
