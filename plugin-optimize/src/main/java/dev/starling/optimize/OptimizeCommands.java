package dev.starling.optimize;

import dev.starling.api.command.CommandDefinition;
import dev.starling.api.command.CommandProvider;
import dev.starling.api.command.Placement;
import java.util.List;

/** What this plugin adds to Starling. */
public final class OptimizeCommands implements CommandProvider {

  @Override
  public List<CommandDefinition<?>> commands() {
    return List.of(
        new CommandDefinition<>(OptimizeResult.class, OptimizeCommand.class, OptimizeCommand::new),
        new CommandDefinition<>(RunResult.class, RunCommand.class, RunCommand::new, Placement.TOP));
  }
}
