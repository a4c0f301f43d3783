package dev.starling.shell.session;

import dev.starling.api.command.CommandDefinition;
import dev.starling.api.command.Placement;
import dev.starling.shell.host.CommandSource;
import dev.starling.shell.host.Wanted;
import dev.starling.shell.jobs.JobCommands;
import dev.starling.shell.jobs.JobTable;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The commands that only a shell has: about its jobs, aliases and history. */
public final class SessionCommands implements CommandSource {

  private final List<Sourced> commands = new ArrayList<>();

  /**
   * @param history the lines that were typed, by their numbers
   */
  public SessionCommands(
      JobTable jobs, Aliases aliases, Supplier<SortedMap<Integer, String>> history) {
    JobCommands.of(jobs).forEach(this::add);
    add(
        new CommandDefinition<>(
            AliasCommand.Listing.class,
            AliasCommand.class,
            () -> new AliasCommand(aliases),
            Placement.TOP));
    add(
        new CommandDefinition<>(
            AliasCommand.Listing.class,
            UnaliasCommand.class,
            () -> new UnaliasCommand(aliases),
            Placement.TOP));
    add(
        new CommandDefinition<>(
            HistoryCommand.Lines.class,
            HistoryCommand.class,
            () -> new HistoryCommand(() -> lines(history.get())),
            Placement.TOP));
  }

  private void add(CommandDefinition<?> definition) {
    commands.add(new Sourced(definition, "the shell"));
  }

  private static List<HistoryCommand.Line> lines(SortedMap<Integer, String> history) {
    List<HistoryCommand.Line> lines = new ArrayList<>();
    new TreeMap<>(history)
        .forEach((number, text) -> lines.add(new HistoryCommand.Line(number, text)));
    return lines;
  }

  @Override
  public List<Sourced> commands(Wanted wanted) {
    return List.copyOf(commands);
  }
}
