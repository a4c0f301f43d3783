package dev.starling.api.command;

import java.util.function.Consumer;
import org.jspecify.annotations.NullUnmarked;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What the line of a {@link DescribedCommand} may hold, and its help: what picocli's annotations
 * say otherwise. Made for one call; not thread-safe.
 */
public final class CommandModel {

  private final CommandSpec spec;
  private int parameters;

  /** A command that takes nothing yet. */
  CommandModel(CommandDefinition<?> definition, DescribedCommand<?> command) {
    this.spec = CommandSpec.wrapWithoutInspection(command);
    spec.name(definition.name()).aliases(definition.aliases().toArray(String[]::new));
  }

  /** One sentence that says what the command does. */
  public CommandModel description(String sentence) {
    spec.usageMessage().description(sentence);
    return this;
  }

  /** The rest of its page, from a blank line on. */
  public CommandModel footer(String... lines) {
    spec.usageMessage().footer(lines);
    return this;
  }

  /**
   * An option without a value.
   *
   * @param name with its dashes
   * @param field takes true if it is given
   */
  public CommandModel flag(String name, Consumer<Boolean> field, String description) {
    spec.addOption(
        OptionSpec.builder(name)
            .type(Boolean.class)
            .arity("0")
            .description(description)
            .setter(new Field<>(Boolean.class, field))
            .build());
    return this;
  }

  /**
   * An option with a value.
   *
   * @param name with its dashes
   * @param label stands for the value in the help
   * @param field takes the value if it is given
   */
  public CommandModel option(
      String name, String label, Consumer<String> field, String description) {
    spec.addOption(text(name, label, field, description).build());
    return this;
  }

  /**
   * An option with a value.
   *
   * @param fallback the value if none is given; picocli replaces variables in it
   */
  public CommandModel option(
      String name, String label, String fallback, Consumer<String> field, String description) {
    spec.addOption(text(name, label, field, description).defaultValue(fallback).build());
    return this;
  }

  private static OptionSpec.Builder text(
      String name, String label, Consumer<String> field, String description) {
    return OptionSpec.builder(name)
        .type(String.class)
        .paramLabel(label)
        .description(description)
        .setter(new Field<>(String.class, field));
  }

  /**
   * The next parameter, which must be given.
   *
   * @param label stands for the value in the help
   * @param completion what it may be
   * @param field takes the value
   */
  public CommandModel parameter(
      String label, ValueCompletion completion, Consumer<String> field, String description) {
    spec.addPositional(
        PositionalParamSpec.builder()
            .index(Integer.toString(parameters))
            .type(String.class)
            .required(true)
            .paramLabel(label)
            .completionCandidates(completion)
            .description(description)
            .setter(new Field<>(String.class, field))
            .build());
    parameters++;
    return this;
  }

  CommandSpec spec() {
    return spec;
  }

  /** Ignores picocli's resetting to null: an object serves one call, and has its defaults. */
  private record Field<V>(Class<V> type, Consumer<V> field) implements ISetter {
    @Override
    @NullUnmarked // picocli has no annotations
    public <T> T set(T value) {
      if (value != null) {
        field.accept(type.cast(value));
      }
      return value;
    }
  }
}
