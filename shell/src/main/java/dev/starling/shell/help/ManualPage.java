package dev.starling.shell.help;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A page in the language of man: {@code starling help --man convert | man -l -}. */
public final class ManualPage {

  private ManualPage() {}

  /**
   * The page's source, ended by a newline.
   *
   * @param version the program's, for the page's foot
   */
  public static String of(HelpPage page, String version) {
    String name = page.name().replace(' ', '-');
    List<String> lines = new ArrayList<>();
    lines.add(".TH " + name.toUpperCase(Locale.ROOT) + " 1 \"\" \"Starling " + version + "\"");
    lines.add(".SH NAME");
    lines.add(escaped(name) + " \\- " + escaped(page.summary()));
    for (HelpPage.Section section : page.sections()) {
      lines.add(".SH " + section.title());
      lines.add(".nf");
      section.lines().forEach(line -> lines.add(escaped(unindented(line))));
      lines.add(".fi");
    }
    return String.join("\n", lines) + "\n";
  }

  /** Without what man sets in by itself. */
  private static String unindented(String line) {
    return line.startsWith("  ") ? line.substring(2) : line;
  }

  private static String escaped(String line) {
    String text = line.replace("\\", "\\e").replace("-", "\\-");
    return text.startsWith(".") || text.startsWith("'") ? "\\&" + text : text;
  }
}
