package dev.starling.api.command;

import java.util.function.Supplier;
import picocli.CommandLine.Command;

/**
 * One command of the three faces. Name, aliases, options and help stand in the {@code @Command}
 * class that the factory makes; a fresh object is made for every call, since picocli keeps the
 * parsed values in it.
 *
 * @param resultType the record that the command returns
 * @param type the class annotated with {@code @Command}
 * @param factory makes a fresh command object
 * @param <R> the record that the command returns
 */
public record CommandDefinition<R extends CommandResult>(
    Class<R> resultType,
    Class<? extends StarlingCommand<R>> type,
    Supplier<? extends StarlingCommand<R>> factory) {

  public CommandDefinition {
    if (type.getAnnotation(Command.class) == null) {
      throw new IllegalArgumentException(type.getName() + " has no @Command annotation");
    }
  }

  /** The command's name, from its annotation. */
  public String name() {
    return type.getAnnotation(Command.class).name();
  }
}
