package dev.starling.shell.help;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What there is to say about one command or group, in the order of a manual page. It is read from
 * picocli's annotations: the first line of {@code description} is the summary, the others and
 * {@code footer} are the description; a line of the footer that begins with one of the titles that
 * {@link Footer} knows ({@code Examples:}, {@code Exit codes:}, {@code See also:} and a few more)
 * begins a section. Immutable.
 *
 * @param name the words that run it, {@code starling} first
 * @param otherNames its aliases
 * @param summary one line
 * @param sections the rest, none of them empty
 */
public record HelpPage(
    String name, List<String> otherNames, String summary, List<Section> sections) {

  /** The key of picocli's section map under which a command has its record described. */
  public static final String RECORD_SECTION = "record";

  private static final String INDENT = "  ";
  private static final String EXIT_CODES =
      "0 done, 1 failed, 2 wrong usage, 130 cancelled; see 'starling help exit-codes'.";

  public HelpPage {
    otherNames = List.copyOf(otherNames);
    sections = List.copyOf(sections);
  }

  /**
   * A part of a page.
   *
   * @param title in capitals
   * @param lines as they are to be shown, below the title
   */
  public record Section(String title, List<String> lines) {
    public Section {
      lines = List.copyOf(lines);
    }
  }

  /** The page of a command or group. */
  public static HelpPage of(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    List<String> description = lines(spec.usageMessage().description());
    Footer footer = Footer.of(lines(spec.usageMessage().footer()));
    List<String> text =
        new ArrayList<>(description.subList(Math.min(1, description.size()), description.size()));
    if (!text.isEmpty() && !footer.text().isEmpty()) {
      text.add("");
    }
    text.addAll(footer.text());
    List<Section> sections = new ArrayList<>();
    add(sections, "SYNOPSIS", indented(List.of(synopsis(spec))));
    add(sections, "DESCRIPTION", indented(text));
    add(sections, "COMMANDS", commands(spec));
    CommandLine.Help help = command.getHelp();
    add(sections, "ARGUMENTS", table(help.parameterList()));
    add(sections, "OPTIONS", table(help.optionList()));
    footer
        .sections()
        .forEach((title, lines) -> {
          if (!Footer.isLast(title)) {
            add(sections, title, indented(lines));
          }
        });
    add(sections, "RECORD", record(command));
    add(
        sections,
        Footer.EXIT_CODES,
        indented(footer.sections().getOrDefault(Footer.EXIT_CODES, List.of(EXIT_CODES))));
    add(
        sections,
        Footer.SEE_ALSO,
        indented(footer.sections().getOrDefault(Footer.SEE_ALSO, List.of())));
    return new HelpPage(
        spec.qualifiedName(),
        List.of(spec.aliases()),
        description.isEmpty() ? "" : description.getFirst(),
        sections);
  }

  private static void add(List<Section> sections, String title, List<String> lines) {
    if (!lines.isEmpty()) {
      sections.add(new Section(title, lines));
    }
  }

  private static List<String> indented(List<String> lines) {
    return lines.stream().flatMap(line -> wrapped(line).stream()).toList();
  }

  /** Set in, and parted where it would be too long; what is set in already stays one line. */
  private static List<String> wrapped(String line) {
    if (INDENT.length() + line.length() <= Columns.WIDTH || line.startsWith(INDENT)) {
      return List.of(line.isEmpty() ? line : INDENT + line);
    }
    int blank = line.lastIndexOf(' ', Columns.WIDTH - INDENT.length());
    if (blank <= 0) {
      return List.of(INDENT + line);
    }
    List<String> lines = new ArrayList<>(List.of(INDENT + line.substring(0, blank)));
    lines.addAll(wrapped(line.substring(blank + 1)));
    return lines;
  }

  private static String synopsis(CommandSpec spec) {
    StringBuilder synopsis = new StringBuilder(spec.qualifiedName());
    synopsis.append(spec.subcommands().isEmpty() ? "" : " COMMAND").append(" [OPTION...]");
    spec.positionalParameters().stream()
        .filter(parameter -> !parameter.hidden())
        .sorted((a, b) -> Integer.compare(a.index().min(), b.index().min()))
        .forEach(parameter -> {
          String label = parameter.paramLabel() + (parameter.arity().max() > 1 ? "..." : "");
          synopsis.append(' ').append(parameter.arity().min() == 0 ? "[" + label + "]" : label);
        });
    return synopsis.toString();
  }

  private static List<String> commands(CommandSpec spec) {
    return Columns.of(
        spec.subcommands().values().stream()
            .distinct()
            .map(CommandLine::getCommandSpec)
            .map(each -> Map.entry(names(each), summary(each)))
            .toList());
  }

  /** The name and the other names of a command, as lists show them. */
  static String names(CommandSpec spec) {
    return String.join(
        ", ", Stream.concat(Stream.of(spec.name()), Arrays.stream(spec.aliases())).toList());
  }

  /** The one line about a command. */
  static String summary(CommandSpec spec) {
    List<String> description = lines(spec.usageMessage().description());
    return description.isEmpty() ? "" : description.getFirst();
  }

  private static List<String> record(CommandLine command) {
    var renderer = command.getHelpSectionMap().get(RECORD_SECTION);
    String fields = renderer == null ? "" : renderer.render(command.getHelp());
    return fields.isEmpty()
        ? List.of()
        : Stream.concat(Stream.of("  With --format json, and in scripts:"), fields.lines())
            .toList();
  }

  private static List<String> table(String text) {
    return text.lines().map(String::stripTrailing).toList();
  }

  /** What stands in an annotation, without picocli's markup. */
  private static List<String> lines(String @Nullable [] texts) {
    return Arrays.stream(texts == null ? new String[0] : texts)
        .flatMap(text -> text.isEmpty() ? Stream.of("") : plain(text).lines())
        .toList();
  }

  private static String plain(String text) {
    return Ansi.OFF.string(text.replace("%n", "\n").replace("%%", "%"));
  }

  /** The examples, whole lines each; one that goes on on the next line is one. */
  public List<String> examples() {
    List<String> examples = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    for (String line : section(Footer.EXAMPLES)) {
      open.append(open.isEmpty() ? "" : "\n").append(line.strip());
      if (!line.endsWith("\\") && !open.isEmpty()) {
        examples.add(open.toString());
        open.setLength(0);
      }
    }
    return examples;
  }

  /** The commands and topics that the page refers to. */
  public List<String> seeAlso() {
    return section(Footer.SEE_ALSO).stream()
        .flatMap(line -> Arrays.stream(line.strip().split("\\s*,\\s*", -1)))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private List<String> section(String title) {
    return sections.stream()
        .filter(section -> section.title().equals(title))
        .flatMap(section -> section.lines().stream())
        .toList();
  }

  /** The page as it is printed, ended by a newline. */
  public String text() {
    StringBuilder text = new StringBuilder("NAME\n  ").append(name);
    otherNames.forEach(other -> text.append(", ").append(other));
    text.append(" - ").append(summary).append('\n');
    for (Section section : sections) {
      text.append('\n').append(section.title()).append('\n');
      section.lines().forEach(line -> text.append(line).append('\n'));
    }
    return text.toString();
  }
}
