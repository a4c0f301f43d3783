package dev.starling.shell.host;

import dev.starling.api.command.CommandDefinition;
import dev.starling.api.command.Placement;
import dev.starling.shell.help.HelpPage;
import dev.starling.shell.host.CommandSource.Sourced;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Builds picocli's tree for one call. A tree keeps what it parsed, so it serves one call only. A
 * command that cannot be added (its annotations are wrong, its name is taken) is left out and
 * reported; the others live.
 */
final class CommandTree {

  /** What is known of a group before a command names it. */
  private record Group(List<String> aliases, String description) {}

  private static final Map<String, Group> GROUPS =
      Map.of(
          "image",
          new Group(List.of("images", "i"), "The image commands by ctr-remote's names."),
          "registry",
          new Group(List.of(), "A registry of one's own."),
          "plugin",
          new Group(
              List.of(),
              "Plugins: what there is, installing, loading, and what one is built against."),
          "mounts",
          new Group(List.of(), "The lazy mounts of this machine: list them, clear dead ones away."),
          "cache",
          new Group(List.of(), "The cache of lazy mounts: what it holds, how much, remove it."));

  private final GlobalOptions options;
  private final Consumer<String> problems;
  private final CommandLine root;
  private final Map<String, CommandLine> groups = new LinkedHashMap<>();
  private final Map<String, String> origins = new LinkedHashMap<>();

  private CommandTree(GlobalOptions options, Consumer<String> problems) {
    this.options = options;
    this.problems = problems;
    CommandSpec spec = CommandSpec.create().name("starling");
    spec.usageMessage().description("A shell for lazily pulled container images.");
    options.addTo(spec);
    this.root = new CommandLine(spec);
  }

  /**
   * A tree of the given commands.
   *
   * @param options what the global options set
   * @param problems takes a line for each command that was left out
   */
  static CommandLine build(
      List<Sourced> commands, GlobalOptions options, Consumer<String> problems) {
    CommandTree tree = new CommandTree(options, problems);
    commands.forEach(tree::add);
    tree.groups.forEach(tree::addGroup);
    return settle(tree.root);
  }

  private static CommandLine settle(CommandLine root) {
    return root.setCaseInsensitiveEnumValuesAllowed(true)
        .setExpandAtFiles(false)
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(100);
  }

  private void add(Sourced command) {
    Placement placement = command.definition().placement();
    if (placement.top()) {
      addTo(root, "", command);
    }
    @Nullable String group = placement.group();
    if (group != null) {
      addTo(groups.computeIfAbsent(group, this::newGroup), group + " ", command);
    }
  }

  private void addTo(CommandLine parent, String path, Sourced command) {
    CommandDefinition<?> definition = command.definition();
    String name = path + definition.name();
    String taken = origins.putIfAbsent(name, command.origin());
    if (taken != null) {
      problems.accept(
          command.origin() + ": its command '" + name + "' is left out: " + taken + " has it");
      return;
    }
    try {
      CommandLine leaf = definition.parser();
      options.addTo(leaf.getCommandSpec());
      describeRecord(leaf, definition.resultType());
      parent.addSubcommand(definition.name(), leaf);
    } catch (RuntimeException | LinkageError e) {
      problems.accept(
          command.origin() + ": its command '" + definition.name() + "' cannot be used: " + e);
    }
  }

  /** Has the help describe what {@code --format json} prints; made when help is asked for. */
  private static void describeRecord(CommandLine leaf, Class<?> type) {
    if (type.isRecord()) {
      leaf.getHelpSectionMap().put(HelpPage.RECORD_SECTION, _ -> RecordForm.of(type));
    }
  }

  private CommandLine newGroup(String name) {
    CommandSpec spec = CommandSpec.create().name(name);
    Group group = GROUPS.getOrDefault(name, new Group(List.of(), "Commands of " + name + "."));
    spec.usageMessage().description(group.description());
    spec.aliases(group.aliases().toArray(String[]::new));
    options.addTo(spec);
    return new CommandLine(spec);
  }

  private void addGroup(String name, CommandLine group) {
    if (root.getSubcommands().containsKey(name)) {
      problems.accept("the group '" + name + "' is left out: a command has its name");
      return;
    }
    root.addSubcommand(name, group);
  }

  /** The group's name and its other names. */
  static List<String> groupNames(String group) {
    List<String> names = new ArrayList<>(List.of(group));
    names.addAll(GROUPS.getOrDefault(group, new Group(List.of(), "")).aliases());
    return names;
  }

  /** Whether this word is a known group's name or alias. */
  static boolean isGroup(String word) {
    return GROUPS.entrySet().stream()
        .anyMatch(e -> e.getKey().equals(word) || e.getValue().aliases().contains(word));
  }
}
