package dev.starling.shell.host;

import dev.starling.api.command.CommandDefinition;
import dev.starling.api.command.CommandResult;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/**
 * What a script may pass to a command and what it gets back, for checks before anything runs. The
 * rules are those of {@link CommandHost#call}. Thread-safe.
 */
public final class CallSignature {

  private final String name;
  private final CommandDefinition<?> definition;
  private final CommandSpec spec;

  /**
   * @param name the command's name in scripts
   */
  CallSignature(String name, CommandDefinition<?> definition) {
    this.name = name;
    this.definition = definition;
    this.spec = leaf(definition, new GlobalOptions()).getCommandSpec();
  }

  /** A fresh parser for one call. */
  static CommandLine leaf(CommandDefinition<?> definition, GlobalOptions options) {
    CommandLine leaf = definition.parser();
    leaf.setCommandName("starling " + definition.words());
    options.addTo(leaf.getCommandSpec());
    return leaf.setCaseInsensitiveEnumValuesAllowed(true).setExpandAtFiles(false);
  }

  /** The record that the command returns. */
  public Class<? extends CommandResult> resultType() {
    return definition.resultType();
  }

  /** Says what is wrong with a named argument's name; null if nothing is. */
  public @Nullable String nameProblem(String given) {
    String wanted = ScriptNames.camelCase(given);
    Set<String> names = new TreeSet<>();
    for (OptionSpec option : spec.options()) {
      for (String each : option.names()) {
        names.add(ScriptNames.camelCase(each));
      }
    }
    spec.positionalParameters().forEach(p -> names.add(ScriptNames.camelCase(p.paramLabel())));
    return names.contains(wanted)
        ? null
        : "%s has no parameter '%s'%s; see 'starling %s --help'"
            .formatted(name, given, NearestName.hint(wanted, names), definition.words());
  }

  /**
   * Says what is wrong with a named argument's value; null if nothing is, or if that shows only
   * when the command runs.
   *
   * @param value a constant of the script
   */
  public @Nullable String valueProblem(String given, Object value) {
    for (OptionSpec option : spec.options()) {
      for (String each : option.names()) {
        if (ScriptNames.camelCase(each).equals(ScriptNames.camelCase(given))) {
          return option.arity().max() == 0
              ? flagProblem(given, value)
              : conversionProblem(option, value);
        }
      }
    }
    return null;
  }

  private @Nullable String flagProblem(String given, Object value) {
    return value instanceof Boolean
        ? null
        : "%s: %s is a flag; expected true or false, got '%s'".formatted(name, given, value);
  }

  private @Nullable String conversionProblem(OptionSpec option, Object value) {
    String longest = option.longestName();
    try {
      leaf(definition, new GlobalOptions())
          .parseArgs(longest.startsWith("--") ? longest + "=" + value : longest + value);
      return null;
    } catch (MissingParameterException e) {
      return null; // the others are not there
    } catch (ParameterException e) {
      return Failures.describe(e);
    }
  }

  /**
   * Says whether there are too few or too many arguments; null if neither.
   *
   * @param named the names of those that have one
   * @param positional how many have none
   */
  public @Nullable String countProblem(Collection<String> named, int positional) {
    Set<String> given = named.stream().map(ScriptNames::camelCase).collect(Collectors.toSet());
    List<PositionalParamSpec> open =
        spec.positionalParameters().stream()
            .filter(parameter -> !given.contains(ScriptNames.camelCase(parameter.paramLabel())))
            .toList();
    boolean bounded = spec.positionalParameters().stream().noneMatch(CallSignature::isList);
    if (bounded && positional > open.size()) {
      return "%s takes %s, not %d"
          .formatted(name, takes(), spec.positionalParameters().size() - open.size() + positional);
    }
    Set<String> missing = new TreeSet<>();
    open.stream()
        .skip(positional)
        .filter(ArgSpec::required)
        .forEach(parameter -> missing.add(ScriptNames.camelCase(parameter.paramLabel())));
    for (OptionSpec option : spec.options()) {
      if (option.required() && option.group() == null && !isAmong(given, option)) {
        missing.add(ScriptNames.camelCase(option.longestName()));
      }
    }
    return missing.isEmpty()
        ? null
        : "%s needs %s as well; see 'starling %s --help'"
            .formatted(name, String.join(" and ", missing), definition.words());
  }

  private static boolean isList(PositionalParamSpec parameter) {
    return parameter.index().isVariable()
        || parameter.arity().isVariable()
        || parameter.arity().max() > 1;
  }

  private static boolean isAmong(Set<String> given, OptionSpec option) {
    for (String each : option.names()) {
      if (given.contains(ScriptNames.camelCase(each))) {
        return true;
      }
    }
    return false;
  }

  private String takes() {
    List<String> labels =
        spec.positionalParameters().stream()
            .map(parameter -> ScriptNames.camelCase(parameter.paramLabel()))
            .toList();
    return labels.isEmpty()
        ? "no unnamed arguments"
        : labels.size() + " unnamed arguments (" + String.join(", ", labels) + ")";
  }
}
