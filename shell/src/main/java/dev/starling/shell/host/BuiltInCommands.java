package dev.starling.shell.host;

import dev.starling.api.command.CommandDefinition;
import dev.starling.api.command.CommandProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * The commands that the shell's own module brings: those its descriptor {@code provides}, and those
 * that work on the host itself.
 */
public final class BuiltInCommands implements CommandSource {

  private static final String ORIGIN = "the shell";

  private final List<Sourced> commands = new ArrayList<>();

  /**
   * @param ofHost commands that are made with the host at hand
   */
  public BuiltInCommands(List<CommandDefinition<?>> ofHost) {
    ServiceLoader.load(BuiltInCommands.class.getModule().getLayer(), CommandProvider.class).stream()
        .filter(provider -> provider.type().getModule() == BuiltInCommands.class.getModule())
        .flatMap(provider -> provider.get().commands().stream())
        .forEach(this::add);
    ofHost.forEach(this::add);
  }

  private void add(CommandDefinition<?> definition) {
    commands.add(new Sourced(definition, ORIGIN));
  }

  @Override
  public List<Sourced> commands(Wanted wanted) {
    return List.copyOf(commands);
  }
}
