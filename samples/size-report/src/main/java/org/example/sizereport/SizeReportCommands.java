package org.example.sizereport;

import dev.starling.api.command.CommandDefinition;
import dev.starling.api.command.CommandProvider;
import java.util.List;

/** What this plugin brings. */
public final class SizeReportCommands implements CommandProvider {

  @Override
  public List<CommandDefinition<?>> commands() {
    return List.of(
        new CommandDefinition<>(
            SizeReport.class, SizeReportCommand.class, SizeReportCommand::new));
  }
}
