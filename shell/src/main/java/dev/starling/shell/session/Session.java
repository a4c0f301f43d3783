package dev.starling.shell.session;

import dev.starling.api.command.UsageException;
import dev.starling.shell.host.CommandHost;
import dev.starling.shell.host.ExitCode;
import dev.starling.shell.host.Failures;
import dev.starling.shell.host.JobScope;
import dev.starling.shell.jobs.JobTable;
import dev.starling.shell.line.LineParser;
import dev.starling.shell.line.LineParser.First;
import dev.starling.shell.line.Statement;
import dev.starling.shell.plugin.PluginHost;
import dev.starling.shell.script.ScriptSession;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Runs lines, one after another over the same variables, aliases and jobs. Lines are run by one
 * thread; the rest is thread-safe.
 */
public final class Session {

  /** What the shell itself understands, besides commands. */
  public static final Set<String> OWN_WORDS = Set.of("exit", "quit");

  private static final Pattern LOCAL =
      Pattern.compile("^\\s*(?:def|var)\\s+([a-zA-Z_]\\w*\\s*=(?!=))");

  private final CommandHost host;
  private final JobScope front;
  private final Aliases aliases;
  private final LineParser parser;
  private final Variables variables;
  private final Pipeline pipeline;
  private final BackgroundLines background;
  private final GroovyThread groovyThread = new GroovyThread();
  private boolean left;

  /**
   * @param front where lines in the foreground write
   * @param jobs takes what is started with {@code &}
   * @param pager for {@code less}
   */
  public Session(
      CommandHost host,
      PluginHost plugins,
      JobScope front,
      Aliases aliases,
      JobTable jobs,
      Pager pager) {
    this.host = host;
    this.front = front;
    this.aliases = aliases;
    this.parser = new LineParser(this::commandWords);
    this.variables = new Variables(() -> new ScriptSession(host, plugins, false, front, null));
    this.pipeline =
        new Pipeline(
            host,
            (closure, value) -> groovyThread.call(() -> variables.groovy().apply(closure, value)),
            pager);
    this.background = new BackgroundLines(pipeline, jobs, variables, front);
  }

  /** The words that begin a command. */
  public Set<String> firstWords() {
    Set<String> words = new TreeSet<>(host.commands().firstWords());
    words.addAll(OWN_WORDS);
    words.addAll(aliases.all().keySet());
    return words;
  }

  /** Also those whose plugin cannot be used now: they are commands too, and told why. */
  private Set<String> commandWords() {
    Set<String> words = firstWords();
    words.addAll(host.commands().absentWords());
    return words;
  }

  /** What lines are made of. */
  public LineParser parser() {
    return parser;
  }

  /** The variables of its lines. */
  public Variables variables() {
    return variables;
  }

  /** Whether {@code exit} was run. */
  public boolean left() {
    return left;
  }

  /** Takes {@code exit} back. */
  public void stay() {
    left = false;
  }

  /** Whether the text needs another line. */
  public boolean isOpen(String text) {
    return switch (parser.kind(text)) {
      case BLANK -> false;
      case COMMAND -> parser.isOpen(text);
      case GROOVY -> variables.groovy().incomplete(text);
    };
  }

  /**
   * Runs the statements of a text.
   *
   * @param keepGoing whether those after one that failed are run
   * @return the exit code of the first that failed, or 0
   */
  public int run(String text, boolean keepGoing) {
    int exitCode = ExitCode.DONE;
    String rest = text;
    while (!left) {
      int ended = ExitCode.DONE;
      try {
        String prefix = parser.prefix(rest);
        First first = parser.first(prefix + aliases.expand(rest.substring(prefix.length())));
        if (first == null) {
          break;
        }
        rest = first.rest();
        ended = run(first.statement());
      } catch (Exception e) {
        front.report(e, false);
        ended = Failures.exitCode(e);
        rest = "";
      }
      exitCode = exitCode == ExitCode.DONE ? ended : exitCode;
      if (ended != ExitCode.DONE && !keepGoing) {
        break;
      }
    }
    return exitCode;
  }

  private int run(Statement statement) {
    try {
      return switch (statement) {
        case Statement.Groovy groovy -> evaluate(groovy.text());
        case Statement.Run run when run.background() -> background.start(run);
        case Statement.Run run -> run(run);
      };
    } catch (Exception e) {
      front.report(e, false);
      return Failures.exitCode(e);
    }
  }

  private int run(Statement.Run run) throws Exception {
    List<String> words = run.words();
    return switch (words.getFirst()) {
      case "exit", "quit" -> {
        left = true;
        yield ExitCode.DONE;
      }
      case "shell" -> throw new UsageException("this is the shell; Ctrl-D leaves it");
      default -> {
        Pipeline.Ended ended = pipeline.run(run, front);
        remember(run.variable(), ended.value());
        yield ended.exitCode();
      }
    };
  }

  private int evaluate(String text) throws Exception {
    // A variable of the text's own would be gone with the next line.
    String kept = LOCAL.matcher(text).replaceFirst("$1");
    Object value = groovyThread.call(() -> variables.groovy().evaluate(kept, "line.groovy"));
    PrintWriter out = front.console().out();
    ValueText.write(value, out);
    out.flush();
    remember(null, value);
    return ExitCode.DONE;
  }

  private void remember(@Nullable String variable, @Nullable Object value) {
    if (variable != null) {
      variables.set(variable, value);
    }
    if (value != null) {
      variables.set(Variables.LAST, value);
    }
  }

  /** Cancels what runs in the foreground; for Ctrl-C. */
  public void cancel() {
    host.cancel(front);
    groovyThread.interrupt();
  }
}
