package dev.starling.optimize;

import dev.starling.api.command.CommandDefinition;
import dev.starling.api.command.CommandProvider;
import dev.starling.api.command.Placement;
import dev.starling.api.command.StarlingDirectories;
import dev.starling.api.job.Log;
import dev.starling.optimize.session.DeadSessions;
import java.io.IOException;
import java.util.List;

/** What this plugin adds to Starling. */
public final class OptimizeCommands implements CommandProvider {

  @Override
  public List<CommandDefinition<?>> commands() {
    return List.of(
        new CommandDefinition<>(OptimizeResult.class, OptimizeCommand.class, OptimizeCommand::new),
        new CommandDefinition<>(RunResult.class, RunCommand.class, RunCommand::new, Placement.TOP));
  }

  @Override
  public void sweep(StarlingDirectories directories, Log log) throws IOException {
    DeadSessions.of(directories).sweep(log);
  }
}
