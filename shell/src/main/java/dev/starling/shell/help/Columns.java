package dev.starling.shell.help;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Two columns: names, and what is said about them. */
final class Columns {

  /** How wide help is. */
  static final int WIDTH = 100;

  private static final int GAP = 2;

  private Columns() {}

  /** A line for each row, set in by two; what is too long goes on below itself. */
  static List<String> of(List<Map.Entry<String, String>> rows) {
    int names = rows.stream().mapToInt(row -> row.getKey().length()).max().orElse(0);
    return of(rows, names);
  }

  /** The same with the second column where others have theirs. */
  static List<String> of(List<Map.Entry<String, String>> rows, int names) {
    List<String> lines = new ArrayList<>();
    int left = GAP + names + GAP;
    for (Map.Entry<String, String> row : rows) {
      StringBuilder line = new StringBuilder(" ".repeat(GAP)).append(row.getKey());
      line.repeat(' ', left - line.length());
      for (String word : row.getValue().split(" ", -1)) {
        if (line.length() + word.length() > WIDTH) {
          lines.add(line.toString().stripTrailing());
          line.setLength(0);
          line.repeat(' ', left);
        }
        line.append(word).append(' ');
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
