package dev.starling.shell.help;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The page about everything: the commands, on shelves, and the topics. */
final class Overview {

  private static final String REST = "More";

  /** Which commands stand together; what is on no shelf, as of other plugins, comes after them. */
  private static final SequencedMap<String, List<String>> SHELVES = shelves();

  private Overview() {}

  private static SequencedMap<String, List<String>> shelves() {
    SequencedMap<String, List<String>> shelves = new LinkedHashMap<>();
    shelves.put("Begin here", List.of("demo", "shell", "help", "completion", "version"));
    shelves.put("Make images lazy", List.of("convert", "optimize", "check"));
    shelves.put("Keep and move images", List.of("pull", "push", "ls", "rm", "tag"));
    shelves.put(
        "Look into images", List.of("inspect", "tags", "manifest", "config", "blob", "toc"));
    shelves.put(
        "Use images without downloading them",
        List.of("rpull", "run", "mount", "unmount", "status", "mounts", "cache", "snapshotter"));
    shelves.put("Automate and extend", List.of("script", "plugin", "registry", "image"));
    shelves.put("In the shell", List.of("jobs", "fg", "kill", "alias", "unalias", "history"));
    return shelves;
  }

  /** The page of a tree of all commands. */
  static String text(CommandLine root) {
    Map<String, CommandSpec> left = new LinkedHashMap<>();
    root.getSubcommands().values().stream()
        .distinct()
        .map(CommandLine::getCommandSpec)
        .forEach(spec -> left.put(spec.name(), spec));
    int width =
        Stream.concat(
                left.values().stream().map(HelpPage::names),
                Arrays.stream(Topic.values()).map(Topic::word))
            .mapToInt(String::length)
            .max()
            .orElse(0);
    StringBuilder text = new StringBuilder();
    text.append("NAME\n  starling - ").append(HelpPage.summary(root.getCommandSpec()));
    text.append(
        """


        SYNOPSIS
          starling                                  the interactive shell, on a terminal
          starling COMMAND [OPTION...] [ARGUMENT...]
          starling -c 'LINE; LINE'                  lines of the shell, without a person
          starling help COMMAND|TOPIC               a page about it, with examples
        """);
    SHELVES.forEach((title, names) ->
        shelf(
            text,
            title,
            names.stream().filter(left::containsKey).map(left::remove).toList(),
            width));
    shelf(text, REST, new ArrayList<>(left.values()), width);
    text.append("\nTOPICS (starling help TOPIC)\n");
    lines(
        text,
        Columns.of(
            Arrays.stream(Topic.values())
                .map(topic -> Map.entry(topic.word(), topic.summary()))
                .toList(),
            width));
    text.append("\nOPTIONS (of every command)\n");
    lines(text, root.getHelp().optionList().lines().map(String::stripTrailing).toList());
    return text.toString();
  }

  private static void shelf(
      StringBuilder text, String title, List<CommandSpec> commands, int width) {
    if (!commands.isEmpty()) {
      text.append('\n').append(title).append('\n');
      lines(
          text,
          Columns.of(
              commands.stream()
                  .map(spec -> Map.entry(HelpPage.names(spec), HelpPage.summary(spec)))
                  .toList(),
              width));
    }
  }

  private static void lines(StringBuilder text, List<String> lines) {
    lines.forEach(line -> text.append(line).append('\n'));
  }
}
