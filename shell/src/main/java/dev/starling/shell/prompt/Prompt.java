package dev.starling.shell.prompt;

import dev.starling.shell.host.CommandHost;
import dev.starling.shell.host.ExitCode;
import dev.starling.shell.jobs.BackgroundJob;
import dev.starling.shell.jobs.JobTable;
import dev.starling.shell.plugin.PluginHost;
import dev.starling.shell.session.Aliases;
import dev.starling.shell.session.ProgramPager;
import dev.starling.shell.session.Session;
import dev.starling.shell.session.SessionCommands;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;

/** The interactive shell: reads a line, runs it, and again. Used by one thread. */
public final class Prompt {

  private static final int HISTORY_LINES = 10_000;

  private final CommandHost host;
  private final Terminal terminal;
  private final ShellReader reader;
  private final JobTable jobs;
  private final Session session;
  private final SessionCommands commands;
  private final ValueLookups lookups = new ValueLookups();
  private final PromptText text = new PromptText();

  private Prompt(
      CommandHost host, PluginHost plugins, Path history, Path aliases, Terminal terminal) {
    this.host = host;
    this.terminal = terminal;
    this.reader = new ShellReader(terminal);
    this.jobs = new JobTable(host);
    PromptScreen screen =
        new PromptScreen(terminal, reader, jobs, host.console(), this::showPrompt);
    jobs.showOn(screen);
    Aliases known = new Aliases(aliases);
    this.session =
        new Session(
            host, plugins, screen.foreground(), known, jobs, screen.pager(ProgramPager::new));
    this.commands = new SessionCommands(jobs, known, this::history);
    setUp(history);
  }

  /**
   * Runs the shell on the process's terminal, or over its pipes, until it is left.
   *
   * @param history the file that keeps the lines; made if missing
   * @param aliases the file that keeps the aliases; made with the first
   * @throws IOException if the terminal cannot be opened
   */
  public static void run(CommandHost host, PluginHost plugins, Path history, Path aliases)
      throws IOException {
    // To find out how a terminal counts joined characters, it would be asked and waited for.
    TerminalBuilder builder =
        TerminalBuilder.builder().name("starling").dumb(true).graphemeCluster(false);
    try (Terminal terminal = builder.build()) {
      run(host, plugins, history, aliases, terminal);
    }
  }

  static void run(
      CommandHost host, PluginHost plugins, Path history, Path aliases, Terminal terminal) {
    Prompt prompt = new Prompt(host, plugins, history, aliases, terminal);
    terminal.handle(Signal.INT, _ -> prompt.session.cancel());
    host.add(prompt.commands);
    try {
      prompt.loop();
    } finally {
      host.remove(prompt.commands);
    }
  }

  private void setUp(Path history) {
    reader.setParser(new PromptParser(session));
    reader.setCompleter(new ShellCompleter(host, session, lookups));
    reader.setHighlighter(new LineColors(session.parser()));
    reader.setExpander(new HistoryExpander(session));
    reader.setOpt(LineReader.Option.HISTORY_IGNORE_SPACE);
    reader.setOpt(LineReader.Option.AUTO_MENU_LIST);
    reader.setVariable(LineReader.SECONDARY_PROMPT_PATTERN, "%P ");
    reader.setVariable(LineReader.HISTORY_FILE_SIZE, HISTORY_LINES);
    try {
      PrivateHistory.createFile(history);
      reader.setVariable(LineReader.HISTORY_FILE, history);
    } catch (IOException e) {
      host.problem("lines will not be remembered: " + history + " cannot be made: " + e);
    }
    reader.setHistory(new PrivateHistory());
  }

  private void loop() {
    boolean warned = false;
    while (true) {
      try {
        String line = reader.readLine(text.show(jobs.running().size(), terminal));
        if (session.run(line, false) == ExitCode.DONE) {
          text.learn(line);
        }
        lookups.outdate();
        if (session.left() && (warned || jobs.running().isEmpty())) {
          return;
        }
        warned = session.left() && warn();
        session.stay();
      } catch (UserInterruptException e) {
        // Ctrl-C clears the line
      } catch (EndOfFileException e) {
        if (warned || jobs.running().isEmpty()) {
          return;
        }
        warned = warn();
      } catch (IllegalArgumentException e) {
        host.problem(e.getMessage() + "; 'history' lists the lines"); // of the expander
      }
    }
  }

  /** Says which jobs leaving would cancel. */
  private boolean warn() {
    List<BackgroundJob> running = jobs.running();
    if (terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
      return true; // there is nobody to type Ctrl-D once more
    }
    host.problem(
        running.size()
            + (running.size() == 1 ? " job is" : " jobs are")
            + " still running: "
            + running.stream().map(BackgroundJob::line).collect(Collectors.joining(", "))
            + "; Ctrl-D or exit now cancels "
            + (running.size() == 1 ? "it" : "them")
            + " and leaves, fg waits");
    return true;
  }

  private void showPrompt() {
    reader.showPrompt(text.show(jobs.running().size(), terminal));
  }

  private SortedMap<Integer, String> history() {
    SortedMap<Integer, String> lines = new TreeMap<>();
    reader.getHistory().forEach(entry -> lines.put(entry.index() + 1, entry.line()));
    return lines;
  }
}
