package dev.starling.shell.progress;

/** Makes text from elsewhere (a registry, a file name) fit to stand in one line of a terminal. */
public final class OneLine {

  private OneLine() {}

  /**
   * The text with line breaks as spaces and other control characters, which a terminal might obey,
   * as {@code ?}.
   */
  public static String of(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (String part : text.strip().split("\\R", -1)) {
      if (!line.isEmpty()) {
        line.append(' ');
      }
      part.strip().codePoints().map(c -> control(c) ? '?' : c).forEach(line::appendCodePoint);
    }
    return line.toString();
  }

  private static boolean control(int c) {
    return c != '\t' && Character.isISOControl(c);
  }
}
