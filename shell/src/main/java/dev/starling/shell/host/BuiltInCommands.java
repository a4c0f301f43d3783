package dev.starling.shell.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The commands that the shell's own module brings. */
public final class BuiltInCommands implements CommandSource {

  private static final String ORIGIN = "the shell";

  private final List<CommandFamily> families;
  private final Map<CommandFamily, List<Sourced>> defined = new LinkedHashMap<>();

  /**
   * @param families all of them
   */
  public BuiltInCommands(List<CommandFamily> families) {
    this.families = List.copyOf(families);
  }

  @Override
  public synchronized List<Sourced> commands(Wanted wanted) {
    List<Sourced> commands = new ArrayList<>();
    for (CommandFamily family : families) {
      if (family.words().stream().anyMatch(wanted::includes)) {
        commands.addAll(defined.computeIfAbsent(family, BuiltInCommands::define));
      }
    }
    return commands;
  }

  private static List<Sourced> define(CommandFamily family) {
    return family.definitions().get().stream()
        .map(definition -> new Sourced(definition, ORIGIN))
        .toList();
  }
}
