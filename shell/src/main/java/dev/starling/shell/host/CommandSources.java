package dev.starling.shell.host;

import dev.starling.api.command.CommandDefinition;
import dev.starling.shell.host.CommandSource.Sourced;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** All sources of commands as one; earlier ones win where names collide. Thread-safe. */
final class CommandSources implements AutoCloseable {

  private final List<CommandSource> sources = new CopyOnWriteArrayList<>();
  private final Set<String> reported = new LinkedHashSet<>();
  private final Consumer<String> problems;

  /**
   * @param problems takes a line for each command that is left out, once
   */
  CommandSources(Consumer<String> problems) {
    this.problems = problems;
  }

  void add(CommandSource source) {
    sources.add(source);
  }

  void remove(CommandSource source) {
    sources.remove(source);
  }

  void addAll(CommandSources others) {
    sources.addAll(others.sources);
  }

  /** The commands that may be meant. */
  List<Sourced> commands(Wanted wanted) {
    List<Sourced> commands = new ArrayList<>();
    sources.forEach(source -> commands.addAll(source.commands(wanted)));
    return commands;
  }

  /**
   * The command that scripts call by this name; loads what may bring it and, only if it is not
   * there, everything.
   */
  @Nullable CommandDefinition<?> scriptCommand(String name) {
    CommandDefinition<?> likely =
        ScriptNames.of(commands(new Wanted.Named(ScriptNames.words(name)))).get(name);
    return likely != null ? likely : ScriptNames.of(commands(new Wanted.All())).get(name);
  }

  /** The words that may begin a line, sorted; loads nothing that says its names beforehand. */
  Set<String> firstWords() {
    Set<String> words = new TreeSet<>();
    sources.forEach(source -> words.addAll(source.firstWords()));
    return words;
  }

  /** Commands that are not there although something is known of them, and why. */
  Map<String, String> absent() {
    Map<String, String> absent = new TreeMap<>();
    sources.forEach(source -> source.absent().forEach(absent::putIfAbsent));
    return absent;
  }

  /** A fresh tree of these commands. */
  CommandLine tree(List<Sourced> commands, GlobalOptions options) {
    return CommandTree.build(commands, options, this::reportOnce);
  }

  private void reportOnce(String problem) {
    synchronized (reported) {
      if (!reported.add(problem)) {
        return;
      }
    }
    problems.accept(problem);
  }

  @Override
  public void close() {
    sources.forEach(CommandSource::close);
  }
}
