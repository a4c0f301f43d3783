package dev.starling.shell.prompt;

import dev.starling.api.command.CommandResult;
import dev.starling.shell.host.CommandHost;
import dev.starling.shell.host.Outcome;
import dev.starling.shell.plugin.PluginHost;
import dev.starling.shell.script.ScriptSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** The interactive shell: reads a line, runs it, and again. Used by one thread. */
public final class Prompt {

  private static final String ASK = "starling> ";
  private static final Set<String> OWN_WORDS = Set.of("exit", "help", "quit");

  private final CommandHost host;
  private final PluginHost plugins;
  private final PrintWriter out;
  private final PromptParser parser;
  private final GroovyThread groovyThread = new GroovyThread();
  private @Nullable ScriptSession groovy;
  private @Nullable Object last;

  private Prompt(CommandHost host, PluginHost plugins) {
    this.host = host;
    this.plugins = plugins;
    this.out = host.console().out();
    this.parser = new PromptParser(this::kind, text -> session().incomplete(text));
  }

  /**
   * Runs the shell on the process's terminal, or over its pipes, until it is left.
   *
   * @param history the file that keeps the lines; made if missing
   * @throws IOException if the terminal cannot be opened
   */
  public static void run(CommandHost host, PluginHost plugins, Path history) throws IOException {
    try (Terminal terminal = TerminalBuilder.builder().name("starling").dumb(true).build()) {
      run(host, plugins, history, terminal);
    }
  }

  static void run(CommandHost host, PluginHost plugins, Path history, Terminal terminal) {
    Prompt prompt = new Prompt(host, plugins);
    terminal.handle(Signal.INT, _ -> prompt.cancel());
    prompt.loop(prompt.reader(terminal, history));
  }

  private LineReader reader(Terminal terminal, Path history) {
    LineReaderBuilder builder =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("starling")
            .parser(parser)
            .completer(new CommandCompleter(host::tree, OWN_WORDS))
            .history(new PrivateHistory())
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "%P ")
            .variable(LineReader.HISTORY_FILE_SIZE, 10_000);
    try {
      PrivateHistory.createFile(history);
      builder.variable(LineReader.HISTORY_FILE, history);
    } catch (IOException e) {
      host.problem("lines will not be remembered: " + history + " cannot be made: " + e);
    }
    return builder.build();
  }

  private void loop(LineReader reader) {
    while (true) {
      try {
        String line = reader.readLine(ASK);
        if (!run(line)) {
          return;
        }
      } catch (UserInterruptException e) {
        // Ctrl-C clears the line
      } catch (EndOfFileException e) {
        return;
      }
    }
  }

  /** Runs a line; false if it leaves the shell. */
  private boolean run(String line) {
    switch (kind(line)) {
      case BLANK -> {}
      case COMMAND -> {
        List<String> words = new ArrayList<>(parser.words(line));
        words.removeIf(String::isEmpty);
        switch (words.getFirst()) {
          case "exit", "quit" -> {
            return false;
          }
          case "help" -> help(words);
          case "shell" -> host.problem("this is the shell; Ctrl-D leaves it");
          default -> command(words);
        }
      }
      case GROOVY -> evaluate(line);
    }
    return true;
  }

  private void help(List<String> words) {
    List<String> line = new ArrayList<>(words.subList(1, words.size()));
    line.add("--help");
    host.execute(line);
  }

  private void command(List<String> words) {
    Outcome outcome = host.execute(words);
    if (outcome.result() != null) {
      remember(outcome.result());
    }
  }

  private void evaluate(String text) {
    try {
      Object value = groovyThread.call(() -> session().evaluate(text, "line.groovy"));
      if (value instanceof CommandResult result) {
        result.writeText(out);
      } else if (value != null) {
        out.println(value);
      }
      if (value != null) {
        remember(value);
      }
    } catch (Exception e) {
      host.report(e, false);
    } finally {
      out.flush();
    }
  }

  private void remember(Object value) {
    last = value;
    if (groovy != null) {
      groovy.set("_", value);
    }
  }

  private ScriptSession session() {
    ScriptSession open = groovy;
    if (open == null) {
      open = new ScriptSession(host, plugins, false);
      open.set("_", last);
      groovy = open;
    }
    return open;
  }

  private LineKind kind(String line) {
    Set<String> names = new HashSet<>(host.tree().getSubcommands().keySet());
    names.addAll(OWN_WORDS);
    return LineKind.of(line, names);
  }

  private void cancel() {
    host.cancelNestedJob();
    groovyThread.interrupt();
  }
}
