package dev.starling.api.command;

import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * One command of the three faces. Options and help stand in the {@code @Command} class that the
 * factory makes, or are told by it if it is a {@link DescribedCommand}; a fresh object is made for
 * every call, since picocli keeps the parsed values in it.
 *
 * @param resultType the record that the command returns
 * @param type the class of the command
 * @param factory makes a fresh command object
 * @param placement where the command stands on the command line
 * @param name the command's name
 * @param aliases its other names
 * @param <R> the record that the command returns
 */
public record CommandDefinition<R extends CommandResult>(
    Class<R> resultType,
    Class<? extends StarlingCommand<R>> type,
    Supplier<? extends StarlingCommand<R>> factory,
    Placement placement,
    String name,
    List<String> aliases) {

  /** Requires the class to be annotated or to describe itself. */
  public CommandDefinition {
    if (!DescribedCommand.class.isAssignableFrom(type)) {
      annotation(type);
    }
    aliases = List.copyOf(aliases);
  }

  /** A command whose annotation has its names. */
  public CommandDefinition(
      Class<R> resultType,
      Class<? extends StarlingCommand<R>> type,
      Supplier<? extends StarlingCommand<R>> factory,
      Placement placement) {
    this(
        resultType,
        type,
        factory,
        placement,
        annotation(type).name(),
        List.of(annotation(type).aliases()));
  }

  /** A command about images whose annotation has its names: {@link Placement#IMAGE}. */
  public CommandDefinition(
      Class<R> resultType,
      Class<? extends StarlingCommand<R>> type,
      Supplier<? extends StarlingCommand<R>> factory) {
    this(resultType, type, factory, Placement.IMAGE);
  }

  private static Command annotation(Class<?> type) {
    Command command = type.getAnnotation(Command.class);
    if (command == null) {
      throw new IllegalArgumentException(
          type.getName() + " has no @Command annotation and is no DescribedCommand");
    }
    return command;
  }

  /** The words that run it, after {@code starling}: its name, or its group's and its name. */
  public String words() {
    return placement.top() ? name : placement.group() + " " + name;
  }

  /**
   * A fresh command with a parser for it, for one call.
   *
   * @throws CommandLine.InitializationException if its annotations are wrong
   */
  public CommandLine parser() {
    StarlingCommand<R> command = factory.get();
    if (command instanceof DescribedCommand<R> described) {
      CommandModel model = new CommandModel(this, described);
      described.describe(model);
      return new CommandLine(model.spec());
    }
    return new CommandLine(command);
  }
}
