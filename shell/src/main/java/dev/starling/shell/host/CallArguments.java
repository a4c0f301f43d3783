package dev.starling.shell.host;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/**
 * Turns a script's arguments into words for picocli, whose validation, defaults and conversion then
 * hold for scripts as they do for lines. A parameter that is null, and a flag that is false, counts
 * as not given.
 */
final class CallArguments {

  private final CommandLine command;
  private final Map<String, @Nullable Object> named = new LinkedHashMap<>();
  private final List<String> words = new ArrayList<>();

  private CallArguments(CommandLine command, Map<String, ?> named) {
    this.command = command;
    named.forEach((name, value) -> this.named.put(ScriptNames.camelCase(name), value));
  }

  /**
   * The words.
   *
   * @throws ParameterException if the command has no parameter of a given name
   */
  static List<String> words(CommandLine command, Map<String, ?> named, List<?> positional) {
    CallArguments arguments = new CallArguments(command, named);
    CommandSpec spec = command.getCommandSpec();
    spec.options().forEach(arguments::addOption);
    List<String> values = arguments.positionals(spec, positional);
    arguments.requireAllUsed(spec);
    arguments.words.add(spec.parser().endOfOptionsDelimiter());
    arguments.words.addAll(values);
    return arguments.words;
  }

  private void addOption(OptionSpec option) {
    for (String name : option.names()) {
      String key = ScriptNames.camelCase(name);
      if (!named.containsKey(key)) {
        continue;
      }
      boolean flag = option.arity().max() == 0;
      for (Object value : values(named.remove(key))) {
        if (!flag) {
          words.add(name.startsWith("--") ? name + "=" + value : name + value);
        } else if (Boolean.TRUE.equals(value)) {
          words.add(name);
        } else if (!Boolean.FALSE.equals(value)) {
          throw problem(key + " is a flag; expected true or false, got '" + value + "'");
        }
      }
    }
  }

  private List<String> positionals(CommandSpec spec, List<?> unnamed) {
    List<PositionalParamSpec> parameters = new ArrayList<>(spec.positionalParameters());
    parameters.sort(Comparator.comparingInt(parameter -> parameter.index().min()));
    List<String> values = new ArrayList<>();
    List<Object> rest = new ArrayList<>(unnamed);
    @Nullable String gap = null;
    for (PositionalParamSpec parameter : parameters) {
      String key = ScriptNames.camelCase(parameter.paramLabel());
      List<Object> given = values(named.remove(key));
      if (given.isEmpty() && !rest.isEmpty() && !parameter.index().isVariable()) {
        given = List.of(rest.removeFirst());
      }
      if (given.isEmpty()) {
        gap = gap == null ? key : gap;
      } else if (gap != null) {
        throw problem(key + " is given, but not " + gap + " before it");
      }
      given.forEach(value -> values.add(value.toString()));
    }
    rest.forEach(value -> values.add(String.valueOf(value)));
    return values;
  }

  private static List<Object> values(@Nullable Object value) {
    return switch (value) {
      case null -> List.of();
      case Iterable<?> many when !(value instanceof java.nio.file.Path) -> {
        List<Object> all = new ArrayList<>();
        many.forEach(one -> all.add(String.valueOf(one)));
        yield all;
      }
      case Map<?, ?> pairs ->
          pairs.entrySet().stream().<Object>map(e -> e.getKey() + "=" + e.getValue()).toList();
      default -> List.of(value);
    };
  }

  private void requireAllUsed(CommandSpec spec) {
    if (named.isEmpty()) {
      return;
    }
    Set<String> known = new TreeSet<>();
    for (OptionSpec option : spec.options()) {
      if (!option.hidden() && !option.usageHelp()) {
        known.add(ScriptNames.camelCase(option.longestName()));
      }
    }
    spec.positionalParameters().forEach(p -> known.add(ScriptNames.camelCase(p.paramLabel())));
    throw problem(
        "there is no parameter '"
            + named.keySet().iterator().next()
            + "'; the parameters are "
            + String.join(", ", known));
  }

  private ParameterException problem(String text) {
    return new ParameterException(command, text);
  }
}
