package dev.starling.snapshot;

import dev.starling.api.command.CommandDefinition;
import dev.starling.api.command.CommandProvider;
import dev.starling.api.command.Placement;
import java.util.ArrayList;
import java.util.List;

/**
 * What this plugin adds to Starling. Its commands are called often and have the daemon do the work,
 * so they describe themselves: annotations would take a third of their time.
 */
public final class SnapshotCommands implements CommandProvider {

  @Override
  public List<CommandDefinition<?>> commands() {
    List<CommandDefinition<?>> commands = new ArrayList<>();
    commands.add(
        new CommandDefinition<>(
            RpullResult.class,
            RpullCommand.class,
            RpullCommand::new,
            Placement.IMAGE,
            "rpull",
            List.of()));
    commands.add(
        new CommandDefinition<>(
            MountResult.class,
            MountCommand.class,
            MountCommand::new,
            Placement.TOP,
            "mount",
            List.of()));
    commands.add(
        new CommandDefinition<>(
            UnmountCommand.Result.class,
            UnmountCommand.class,
            UnmountCommand::new,
            Placement.TOP,
            "unmount",
            List.of("umount")));
    commands.add(
        new CommandDefinition<>(
            StatusResult.class,
            StatusCommand.class,
            StatusCommand::new,
            Placement.TOP,
            "status",
            List.of()));
    commands.add(
        new CommandDefinition<>(
            SnapshotterCommand.Result.class,
            SnapshotterCommand.class,
            SnapshotterCommand::new,
            Placement.TOP,
            "snapshotter",
            List.of()));
    commands.addAll(MountsCommands.all());
    commands.addAll(CacheCommands.all());
    return List.copyOf(commands);
  }
}
