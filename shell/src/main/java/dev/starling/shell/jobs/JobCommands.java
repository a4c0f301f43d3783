package dev.starling.shell.jobs;

import dev.starling.api.command.CommandDefinition;
import dev.starling.api.command.Placement;
import java.util.List;

/** The commands about background jobs; only a shell has them. */
public final class JobCommands {

  private JobCommands() {}

  /** Those commands over a table. */
  public static List<CommandDefinition<?>> of(JobTable jobs) {
    return List.of(
        new CommandDefinition<>(
            JobsCommand.Listing.class,
            JobsCommand.class,
            () -> new JobsCommand(jobs),
            Placement.TOP),
        new CommandDefinition<>(
            FgCommand.Waited.class, FgCommand.class, () -> new FgCommand(jobs), Placement.TOP),
        new CommandDefinition<>(
            KillCommand.Killed.class,
            KillCommand.class,
            () -> new KillCommand(jobs),
            Placement.TOP));
  }
}
