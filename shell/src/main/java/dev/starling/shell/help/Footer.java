package dev.starling.shell.help;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command's footer, parted: what stands before the first title, and what stands below each.
 *
 * @param text the lines before the first title
 * @param sections the lines below each title, by the title in capitals; without blank ends
 */
record Footer(List<String> text, Map<String, List<String>> sections) {

  static final String EXAMPLES = "EXAMPLES";
  static final String EXIT_CODES = "EXIT CODES";
  static final String SEE_ALSO = "SEE ALSO";

  private static final Pattern TITLE =
      Pattern.compile("(Examples?|Exit codes|See also|Files|Environment|Lines|Keys):(?: +(.*))?");

  /** Whether a page has the section at its end, behind what is added by itself. */
  static boolean isLast(String title) {
    return title.equals(EXIT_CODES) || title.equals(SEE_ALSO);
  }

  static Footer of(List<String> lines) {
    List<String> text = new ArrayList<>();
    SequencedMap<String, List<String>> sections = new LinkedHashMap<>();
    List<String> current = text;
    for (String line : lines) {
      Matcher title = TITLE.matcher(line);
      if (title.matches()) {
        current = sections.computeIfAbsent(name(title.group(1)), _ -> new ArrayList<>());
        if (title.group(2) != null) {
          current.add(title.group(2));
        }
      } else {
        // What stands below a title is set in already; the page sets everything in.
        current.add(!sections.isEmpty() && line.startsWith("  ") ? line.substring(2) : line);
      }
    }
    Map<String, List<String>> trimmed = new LinkedHashMap<>();
    sections.forEach((title, below) -> trimmed.put(title, trim(below)));
    return new Footer(trim(text), trimmed);
  }

  private static String name(String title) {
    return title.equals("Example") ? EXAMPLES : title.toUpperCase(Locale.ROOT);
  }

  private static List<String> trim(List<String> lines) {
    int from = 0;
    int to = lines.size();
    while (from < to && lines.get(from).isBlank()) {
      from++;
    }
    while (to > from && lines.get(to - 1).isBlank()) {
      to--;
    }
    return List.copyOf(lines.subList(from, to));
  }
}
