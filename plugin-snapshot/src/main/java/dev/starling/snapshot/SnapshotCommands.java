package dev.starling.snapshot;

import dev.starling.api.command.CommandDefinition;
import dev.starling.api.command.CommandProvider;
import dev.starling.api.command.Placement;
import java.util.ArrayList;
import java.util.List;

/** What this plugin adds to Starling. */
public final class SnapshotCommands implements CommandProvider {

  @Override
  public List<CommandDefinition<?>> commands() {
    List<CommandDefinition<?>> commands = new ArrayList<>();
    commands.add(new CommandDefinition<>(RpullResult.class, RpullCommand.class, RpullCommand::new));
    commands.add(
        new CommandDefinition<>(
            MountResult.class, MountCommand.class, MountCommand::new, Placement.TOP));
    commands.add(
        new CommandDefinition<>(
            UnmountCommand.Result.class, UnmountCommand.class, UnmountCommand::new, Placement.TOP));
    commands.add(
        new CommandDefinition<>(
            StatusResult.class, StatusCommand.class, StatusCommand::new, Placement.TOP));
    commands.add(
        new CommandDefinition<>(
            SnapshotterCommand.Result.class,
            SnapshotterCommand.class,
            SnapshotterCommand::new,
            Placement.TOP));
    commands.addAll(MountsCommands.all());
    commands.addAll(CacheCommands.all());
    return List.copyOf(commands);
  }
}
