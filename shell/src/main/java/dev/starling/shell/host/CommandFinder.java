package dev.starling.shell.host;

import dev.starling.api.command.CommandDefinition;
import dev.starling.api.command.CommandException;
import dev.starling.shell.host.CommandSource.Sourced;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * Finds the command that a line or a script means and has picocli parse its words into a fresh
 * object. Thread-safe.
 */
public final class CommandFinder {

  private final CommandSources sources;

  CommandFinder(CommandSources sources) {
    this.sources = sources;
  }

  /**
   * Parses a line.
   *
   * @param words the line's words, without {@code starling}
   * @param options set by the line's global options
   * @return the command that it names, parsed
   * @throws CommandLine.ParameterException if it names none or its words do not fit it
   * @throws CommandException if it names one whose plugin is there but cannot be used
   */
  ParseResult parse(List<String> words, GlobalOptions options) throws CommandException {
    Wanted wanted = new Wanted.Named(Set.copyOf(words));
    List<Sourced> commands = sources.commands(wanted);
    CommandLine tree;
    if (LineTarget.isAmong(words, commands)) {
      commands = commands.stream().filter(c -> LineTarget.names(c.definition(), wanted)).toList();
      tree = sources.tree(commands, options);
    } else {
      requirePresent(LineTarget.name(words));
      tree = tree(new Wanted.All(), options); // help, a wrong name: all commands are of interest
    }
    ParseResult result = tree.parseArgs(words.toArray(String[]::new));
    while (!result.isUsageHelpRequested() && result.hasSubcommand()) {
      result = result.subcommand();
    }
    return result;
  }

  private void requirePresent(@Nullable String name) throws CommandException {
    String reason = name == null ? null : sources.absent().get(name);
    if (reason != null) {
      throw new CommandException(reason);
    }
  }

  /**
   * Parses a call in a script.
   *
   * @param command its name in scripts
   * @param named options and positional parameters by name, in camelCase or with dashes
   * @param positional further positional parameters, in order
   * @param options set by the call's global options
   * @return the command, parsed
   * @throws NoSuchElementException if there is no such command
   * @throws CommandLine.ParameterException if the arguments do not fit the command
   */
  CommandSpec parseCall(
      String command, Map<String, ?> named, List<?> positional, GlobalOptions options) {
    CommandDefinition<?> definition = sources.scriptCommand(command);
    if (definition == null) {
      throw new NoSuchElementException("there is no command '" + command + "'");
    }
    CommandLine leaf = CallSignature.leaf(definition, options);
    List<String> words = CallArguments.words(leaf, named, positional);
    leaf.parseArgs(words.toArray(String[]::new));
    return leaf.getCommandSpec();
  }

  /** The commands as scripts name them: {@code rpull}, {@code registryServe}. */
  public Set<String> scriptNames() {
    return ScriptNames.of(sources.commands(new Wanted.All())).keySet();
  }

  /**
   * What a script may pass to a command; loads no other plugin than its own.
   *
   * @param command its name in scripts
   * @return null if there is no such command
   */
  public @Nullable CallSignature signature(String command) {
    CommandDefinition<?> definition = sources.scriptCommand(command);
    return definition == null ? null : new CallSignature(command, definition);
  }

  /** The words that may begin a line: commands and groups, with their other names. */
  public Set<String> firstWords() {
    return sources.firstWords();
  }

  /** The words that would begin a line if what brings their commands could be used. */
  public Set<String> absentWords() {
    return sources.absent().keySet();
  }

  /** Why scripts have no command of this name, in one line; null if nothing is known. */
  public @Nullable String absence(String scriptName) {
    for (Map.Entry<String, String> absent : sources.absent().entrySet()) {
      if (ScriptNames.camelCase(absent.getKey()).equals(scriptName)) {
        return absent.getValue();
      }
    }
    return null;
  }

  /** A fresh tree of all commands, for help. */
  public CommandLine tree() {
    return tree(new Wanted.All());
  }

  /** A fresh tree of the wanted commands and groups, for completion. */
  public CommandLine tree(Wanted wanted) {
    return tree(wanted, new GlobalOptions());
  }

  private CommandLine tree(Wanted wanted, GlobalOptions options) {
    return sources.tree(
        sources.commands(wanted).stream()
            .filter(command -> LineTarget.mayName(command.definition(), wanted))
            .toList(),
        options);
  }
}
