package org.example.sharedlayers;

import dev.starling.api.command.CommandDefinition;
import dev.starling.api.command.CommandProvider;
import java.util.List;

/** What this plugin brings; named in META-INF/services. */
public final class SharedLayersCommands implements CommandProvider {

  @Override
  public List<CommandDefinition<?>> commands() {
    return List.of(
        new CommandDefinition<>(
            SharedLayers.class, SharedLayersCommand.class, SharedLayersCommand::new));
  }
}
