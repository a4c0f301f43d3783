package dev.starling.shell.prompt;

import dev.starling.api.command.CompletionRequest;
import dev.starling.api.command.FileNames;
import dev.starling.api.command.StarlingCommand;
import dev.starling.api.command.Suggestion;
import dev.starling.api.command.ValueCompletion;
import dev.starling.shell.host.CommandHost;
import dev.starling.shell.host.Wanted;
import dev.starling.shell.session.Session;
import dev.starling.shell.session.TextFilters;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completes commands, options and their values, files, and Groovy's variables. */
record ShellCompleter(CommandHost host, Session session, ValueLookups lookups)
    implements Completer {

  private static final int WIDEST = 50;

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    if (!(line instanceof TypedLine typed)) {
      return;
    }
    switch (typed.place()) {
      case FIRST -> {
        session.firstWords().forEach(word -> candidates.add(candidate(word, "commands", "")));
        session.variables().names().forEach(name -> candidates.add(part(name, "variables")));
      }
      case COMMAND -> command(typed.words(), candidates);
      case FILTER -> {
        if (typed.words().size() == 1) {
          TextFilters.NAMES.stream()
              .sorted()
              .forEach(word -> candidates.add(candidate(word, "", "")));
        }
      }
      case FILE -> files(typed.word(), candidates);
      case GROOVY -> new GroovyNames(session.variables(), host).complete(typed.word(), candidates);
    }
  }

  private void command(List<String> words, List<Candidate> candidates) {
    CommandLine root = host.commands().tree(new Wanted.Named(Set.copyOf(words)));
    ParameterFinder found = ParameterFinder.find(root, words);
    if (found.value() != null) {
      values(found, found.value(), words.subList(0, words.size() - 1), candidates);
    } else if (found.typed().startsWith("-")) {
      found.options().forEach(option -> candidates.add(option(option)));
    } else {
      found
          .command()
          .subcommands()
          .forEach((name, sub) ->
              candidates.add(
                  candidate(name, "", first(sub.getCommandSpec().usageMessage().description()))));
    }
  }

  private static Candidate option(OptionSpec option) {
    return candidate(option.longestName(), "", first(option.description()));
  }

  /** The first sentence of a description, or what of it fits beside the word. */
  private static String first(String[] description) {
    if (description.length == 0) {
      return "";
    }
    String text = String.format(Locale.ROOT, description[0]);
    int end = text.indexOf(". ");
    String sentence = end > 0 ? text.substring(0, end) : text;
    return sentence.length() > WIDEST ? sentence.substring(0, WIDEST - 1) + "\u2026" : sentence;
  }

  private void values(
      ParameterFinder found, ArgSpec parameter, List<String> words, List<Candidate> candidates) {
    String typed = found.typed();
    String before = found.before();
    String split = parameter.splitRegex();
    if (split.equals(",") && typed.contains(",")) {
      before += typed.substring(0, typed.lastIndexOf(',') + 1);
      typed = typed.substring(typed.lastIndexOf(',') + 1);
    }
    for (Suggestion value : suggestions(found, parameter, words, typed)) {
      candidates.add(
          new Candidate(
              before + value.value(),
              value.value(),
              null,
              value.description().isEmpty() ? null : value.description(),
              null,
              null,
              value.complete()));
    }
  }

  private Collection<Suggestion> suggestions(
      ParameterFinder found, ArgSpec parameter, List<String> before, String typed) {
    Iterable<String> words = parameter.completionCandidates();
    Set<Suggestion> values = new LinkedHashSet<>();
    if (words instanceof ValueCompletion completion) {
      values.addAll(lookUp(completion, found, before, typed));
    } else if (words != null) {
      boolean lower = isEnum(parameter);
      words.forEach(
          word -> values.add(Suggestion.of(lower ? word.toLowerCase(Locale.ROOT) : word)));
    }
    if (words == null && isFile(parameter)) {
      values.addAll(lookUp(new FileNames(), found, before, typed));
    }
    return values;
  }

  private List<Suggestion> lookUp(
      ValueCompletion completion, ParameterFinder found, List<String> before, String typed) {
    return found.command().userObject() instanceof StarlingCommand<?> command
        ? lookups.values(completion, new CompletionRequest(typed, command, before, host.lookUp()))
        : List.of();
  }

  private void files(String typed, List<Candidate> candidates) {
    StarlingCommand<?> none =
        _ -> {
          throw new IllegalStateException("never run");
        };
    for (Suggestion file :
        lookups.values(new FileNames(), new CompletionRequest(typed, none, host.lookUp()))) {
      candidates.add(
          new Candidate(file.value(), file.value(), null, null, null, null, file.complete()));
    }
  }

  private static boolean isEnum(ArgSpec parameter) {
    return types(parameter).stream().anyMatch(Class::isEnum);
  }

  private static boolean isFile(ArgSpec parameter) {
    return types(parameter).stream()
        .anyMatch(type -> Path.class.isAssignableFrom(type) || File.class.isAssignableFrom(type));
  }

  private static List<Class<?>> types(ArgSpec parameter) {
    List<Class<?>> types = new ArrayList<>(List.of(parameter.auxiliaryTypes()));
    types.add(parameter.type());
    return types;
  }

  private static Candidate candidate(String word, String group, String description) {
    return new Candidate(
        word,
        word,
        group.isEmpty() ? null : group,
        description.isEmpty() ? null : description,
        null,
        null,
        true);
  }

  private static Candidate part(String word, String group) {
    return new Candidate(word, word, group, null, null, null, false);
  }
}
