package dev.starling.shell.line;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a line is. */
public enum LineKind {
  /** Nothing to do. */
  BLANK,
  /** A command and its words. */
  COMMAND,
  /** Anything else. */
  GROOVY;

  private static final Pattern FIRST_WORD =
      Pattern.compile("([\\w-]+)(\\s+(\\S.*)?|[;|&>].*)?", Pattern.DOTALL);
  private static final Pattern GROOVY_AFTER_WORD =
      Pattern.compile("([-+*/%&|^]|\\*\\*|<<|>>|\\?)?=.*|[.(\\[].*", Pattern.DOTALL);

  /**
   * Tells what a line is: a command if its first word is one and what follows does not make the
   * word a variable ({@code =}, {@code .}) or a call ({@code (}).
   *
   * @param commands the names that begin a command
   */
  public static LineKind of(String line, Set<String> commands) {
    String text = line.strip();
    if (text.isEmpty()) {
      return BLANK;
    }
    Matcher matcher = FIRST_WORD.matcher(text);
    if (!matcher.matches() || !commands.contains(matcher.group(1))) {
      return GROOVY;
    }
    String rest = matcher.group(3);
    return rest != null && GROOVY_AFTER_WORD.matcher(rest).matches() && !looksLikePath(rest)
        ? GROOVY
        : COMMAND;
  }

  /** {@code ./x} and {@code ../x} are arguments. */
  private static boolean looksLikePath(String rest) {
    return rest.startsWith("./") || rest.startsWith("../") || rest.equals(".");
  }
}
