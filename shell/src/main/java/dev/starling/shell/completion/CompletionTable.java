package dev.starling.shell.completion;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CompletionRequest;
import dev.starling.api.command.FileNames;
import dev.starling.api.command.ImageReferences;
import dev.starling.api.command.StarlingCommand;
import dev.starling.api.command.Suggestion;
import dev.starling.api.command.ValueCompletion;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * All commands, their options and values as lines of fields parted by tabs, for the awk program. A
 * command is known by its path, {@code /} for the program itself and {@code /image/convert} for
 * another:
 *
 * <pre>
 * data      DIRECTORY                            where the local image store lies
 * command   PATH NAME TARGET DESCRIPTION         a word that leads to another path
 * alias     PATH NAME TARGET                     the same, and not proposed
 * option    PATH NAME KIND WORDS DESCRIPTION
 * name      PATH NAME KIND WORDS                 another name of an option, not proposed
 * value     PATH FROM TO KIND WORDS              positional parameters, counted from 0
 * </pre>
 *
 * <p>A kind says what the value is: {@code flag} for none, {@code words}, {@code list} for words
 * parted by commas, {@code file}, {@code image}, or {@code any}.
 */
public final class CompletionTable {

  private static final int LAST = 99;
  private static final int WIDEST = 70;

  private final CommandContext context;
  private final StringBuilder table = new StringBuilder();
  private final Map<Class<?>, String> paths = new HashMap<>();

  private CompletionTable(CommandContext context) {
    this.context = context;
  }

  /**
   * The table of a tree of commands.
   *
   * @param context for values that are looked up
   */
  public static String of(CommandLine root, CommandContext context) {
    CompletionTable table = new CompletionTable(context);
    table.row("data", context.directories().data().toString());
    table.command("/", root);
    return table.table.toString();
  }

  private void row(String... fields) {
    for (int i = 0; i < fields.length; i++) {
      table.append(i == 0 ? "" : "\t").append(fields[i].replaceAll("[\\t\\r\\n]+", " "));
    }
    table.append('\n');
  }

  private void command(String path, CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    List<Runnable> below = new ArrayList<>();
    for (CommandLine sub : new LinkedHashSet<>(command.getSubcommands().values())) {
      CommandSpec named = sub.getCommandSpec();
      String own = (path.equals("/") ? path : path + "/") + named.name();
      // A command of a group that stands at the top, too, is described once.
      String target =
          named.userObject() instanceof StarlingCommand<?> object
              ? paths.computeIfAbsent(object.getClass(), _ -> own)
              : own;
      row("command", path, named.name(), target, first(named.usageMessage().description()));
      for (String alias : named.aliases()) {
        row("alias", path, alias, target);
      }
      if (target.equals(own)) {
        below.add(() -> command(own, sub));
      }
    }
    spec.options().stream()
        .filter(option -> !option.hidden())
        .forEach(each -> option(path, spec, each));
    spec.positionalParameters().forEach(each -> value(path, spec, each));
    below.forEach(Runnable::run);
  }

  private void option(String path, CommandSpec spec, OptionSpec option) {
    String kind = option.arity().max() == 0 ? "flag" : kind(option);
    String words = words(spec, option, kind);
    for (String name : option.names()) {
      if (name.equals(option.longestName())) {
        row("option", path, name, kind, words, first(option.description()));
      } else {
        row("name", path, name, kind, words);
      }
    }
  }

  private void value(String path, CommandSpec spec, PositionalParamSpec parameter) {
    if (!parameter.hidden()) {
      String kind = kind(parameter);
      row(
          "value",
          path,
          String.valueOf(parameter.index().min()),
          String.valueOf(parameter.arity().isVariable() ? LAST : parameter.index().max()),
          kind,
          words(spec, parameter, kind));
    }
  }

  private static String kind(ArgSpec parameter) {
    Iterable<String> candidates = parameter.completionCandidates();
    if (candidates instanceof ImageReferences) {
      return "image";
    }
    if (candidates instanceof ValueCompletion completion && !completion.isFixed()) {
      return candidates instanceof FileNames ? "file" : "any";
    }
    if (candidates != null) {
      return parameter.splitRegex().equals(",") ? "list" : "words";
    }
    return types(parameter)
            .anyMatch(
                type -> Path.class.isAssignableFrom(type) || File.class.isAssignableFrom(type))
        ? "file"
        : "any";
  }

  private String words(CommandSpec spec, ArgSpec parameter, String kind) {
    if (!kind.equals("words") && !kind.equals("list")) {
      return "";
    }
    Set<String> words = new TreeSet<>();
    Iterable<String> candidates = parameter.completionCandidates();
    if (candidates instanceof ValueCompletion completion) {
      if (spec.userObject() instanceof StarlingCommand<?> command) {
        look(completion, command, words);
      }
    } else {
      boolean lower = types(parameter).anyMatch(Class::isEnum);
      candidates.forEach(word -> words.add(lower ? word.toLowerCase(Locale.ROOT) : word));
    }
    return String.join(" ", words);
  }

  private void look(ValueCompletion completion, StarlingCommand<?> command, Set<String> words) {
    try {
      completion.complete(
          new CompletionRequest("", command, context),
          (Suggestion found) -> words.add(found.value()));
    } catch (Exception e) {
      words.clear(); // a script without them is a script still
    }
  }

  private static Stream<Class<?>> types(ArgSpec parameter) {
    return Stream.concat(Stream.of(parameter.auxiliaryTypes()), Stream.of(parameter.type()));
  }

  /** The first sentence of a description, or the beginning of it. */
  private static String first(String[] description) {
    if (description.length == 0) {
      return "";
    }
    String text = description[0].replace("%n", " ").replace("%%", "%");
    int end = text.indexOf(". ");
    String sentence = end > 0 ? text.substring(0, end) : text;
    return sentence.length() > WIDEST ? sentence.substring(0, WIDEST - 3) + "..." : sentence;
  }
}
