package dev.starling.shell.progress;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A terminal that knows the few sequences that the live block uses. */
final class VisibleScreen {

  private static final Pattern TOKEN =
      Pattern.compile("\u001b\\[(\\??)(\\d*)([A-Za-z])|\r|\n|[^\u001b\r\n]+");

  private VisibleScreen() {}

  /** The lines that are to be seen after this output. */
  static List<String> of(String output) {
    List<String> lines = new ArrayList<>();
    int row = 0;
    Matcher matcher = TOKEN.matcher(output);
    while (matcher.find()) {
      String token = matcher.group();
      if (token.equals("\n")) {
        row++;
      } else if (matcher.group(3) != null) {
        switch (matcher.group(3)) {
          case "A" -> row -= Integer.parseInt(matcher.group(2));
          case "J" -> {
            while (lines.size() > row) {
              lines.removeLast();
            }
          }
          case "K" -> set(lines, row, "");
          case "h", "l" -> {} // wrapping
          default -> throw new AssertionError("unknown sequence " + token.substring(1));
        }
      } else if (!token.equals("\r")) {
        set(lines, row, token);
      }
    }
    return lines;
  }

  private static void set(List<String> lines, int row, String text) {
    while (lines.size() <= row) {
      lines.add("");
    }
    lines.set(row, text);
  }
}
