package dev.starling.convert;

import dev.starling.api.command.CommandDefinition;
import dev.starling.api.command.CommandProvider;
import java.util.List;

/** What this plugin adds to Starling. */
public final class ConvertCommands implements CommandProvider {

  @Override
  public List<CommandDefinition<?>> commands() {
    return List.of(
        new CommandDefinition<>(ConvertResult.class, ConvertCommand.class, ConvertCommand::new));
  }
}
