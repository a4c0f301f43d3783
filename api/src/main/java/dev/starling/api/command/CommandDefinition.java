package dev.starling.api.command;

import java.util.List;
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
 * @param placement where the command stands on the command line
 * @param <R> the record that the command returns
 */
public record CommandDefinition<R extends CommandResult>(
    Class<R> resultType,
    Class<? extends StarlingCommand<R>> type,
    Supplier<? extends StarlingCommand<R>> factory,
    Placement placement) {

  /** Requires the class to be annotated. */
  public CommandDefinition {
    if (type.getAnnotation(Command.class) == null) {
      throw new IllegalArgumentException(type.getName() + " has no @Command annotation");
    }
  }

  /** A command about images: {@link Placement#IMAGE}. */
  public CommandDefinition(
      Class<R> resultType,
      Class<? extends StarlingCommand<R>> type,
      Supplier<? extends StarlingCommand<R>> factory) {
    this(resultType, type, factory, Placement.IMAGE);
  }

  /** The command's name, from its annotation. */
  public String name() {
    return type.getAnnotation(Command.class).name();
  }

  /** The words that run it, after {@code starling}: its name, or its group's and its name. */
  public String words() {
    return placement.top() ? name() : placement.group() + " " + name();
  }

  /** The command's other names, from its annotation. */
  public List<String> aliases() {
    return List.of(type.getAnnotation(Command.class).aliases());
  }
}
