package dev.starling.shell.host;

import dev.starling.api.command.CommandDefinition;
import java.util.List;

/** Where commands come from: the shell's own module, or plugins. Thread-safe. */
public interface CommandSource extends AutoCloseable {

  /**
   * A command and who brought it.
   *
   * @param definition the command
   * @param origin for messages, for example {@code plugin convert}
   */
  record Sourced(CommandDefinition<?> definition, String origin) {}

  /**
   * The commands that may be meant. Those that are not wanted may be left out, so that what brings
   * them need not be loaded.
   *
   * @param wanted which commands will be looked for
   */
  List<Sourced> commands(Wanted wanted);

  /** Gives back what the source holds. */
  @Override
  default void close() {}
}
