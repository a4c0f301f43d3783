package dev.starling.shell.host;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandDefinition;
import dev.starling.api.command.CommandResult;
import dev.starling.api.command.StarlingCommand;
import dev.starling.api.job.Cancellation;
import dev.starling.shell.config.Settings;
import dev.starling.shell.host.CommandSource.Sourced;
import dev.starling.shell.progress.ProgressReporter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Finds and runs commands for the command line, the prompt and scripts. Thread-safe. */
public final class CommandHost implements AutoCloseable {

  private final CommandSources sources = new CommandSources(this::problem);
  private final JobScope scope;
  private final Supplier<Settings> settings;
  private final Supplier<TransportsFactory> transports;
  private final List<String> program;
  private final JobRunner jobs;

  /**
   * @param console where results and messages go
   * @param settings called when something configured is asked for; may throw an {@link
   *     UncheckedIOException} that tells what is wrong
   * @param transports called when the first job asks for its transports; gives the same one always
   * @param program the words that start this program anew; empty if it cannot be
   */
  public CommandHost(
      Console console,
      Supplier<Settings> settings,
      Supplier<TransportsFactory> transports,
      List<String> program) {
    this.scope = JobScope.on(console);
    this.settings = settings;
    this.transports = transports;
    this.program = List.copyOf(program);
    this.jobs = new JobRunner(settings, transports, this.program);
  }

  /**
   * Adds a source of commands; earlier ones win where names collide. It is closed with the host.
   */
  public CommandHost add(CommandSource source) {
    sources.add(source);
    return this;
  }

  /** Takes a source's commands away again; it is not closed. */
  public void remove(CommandSource source) {
    sources.remove(source);
  }

  /**
   * A host with the same commands, console and connections under other settings, for work that must
   * not touch what the user keeps. Closing this host is enough for both.
   */
  public CommandHost with(Settings others) {
    CommandHost host = new CommandHost(console(), () -> others, transports, program);
    host.sources.addAll(sources);
    return host;
  }

  /** Where results and messages go. */
  public Console console() {
    return scope.console();
  }

  /** The scope of the job that this thread runs; without one, that of the process's console. */
  public JobScope scope() {
    return JobRunner.current(scope);
  }

  /** What is configured. */
  public Settings settings() {
    return settings.get();
  }

  /**
   * Runs one line: parses it, runs its command and prints the result, or one line that says what
   * went wrong.
   *
   * @param words the line's words, without {@code starling}
   */
  public Outcome execute(List<String> words) {
    return execute(words, scope, true);
  }

  /**
   * Runs one line in a scope.
   *
   * @param words the line's words, without {@code starling}
   * @param scope where it writes and what it is cancelled with
   * @param printed whether the result is printed; if not, a command whose text form is bytes puts
   *     them into its record
   */
  public Outcome execute(List<String> words, JobScope scope, boolean printed) {
    GlobalOptions options = new GlobalOptions();
    Console console = scope.console();
    int failed = ExitCode.FAILED;
    try {
      ParseResult leaf = parse(words, options);
      CommandSpec spec = leaf.commandSpec();
      if (spec.userObject() instanceof StarlingCommand<?> command) {
        failed = command.failureExitCode();
      }
      if (leaf.isUsageHelpRequested()) {
        spec.commandLine().usage(console.out(), Ansi.OFF);
        console.out().flush();
        return new Outcome(ExitCode.DONE, null);
      }
      CommandResult result = run(spec, JobRequest.of(options, printed), scope);
      if (printed) {
        console.raw().flush();
        ResultPrinter.print(result, options.format(), console.out());
      }
      return new Outcome(result.exitCode(), result);
    } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError failure) {
      scope.report(failure, options.debug());
      int exitCode = Failures.exitCode(failure);
      return new Outcome(exitCode == ExitCode.FAILED ? failed : exitCode, null);
    }
  }

  /** Prints the failure as one line, and its stack trace if details are wanted. */
  public void report(Throwable failure, boolean debug) {
    scope.report(failure, debug);
  }

  /** Prints one line about something that went wrong. */
  public void problem(String line) {
    scope.problem(line);
  }

  private ParseResult parse(List<String> words, GlobalOptions options) {
    Wanted wanted = new Wanted.Named(Set.copyOf(words));
    List<Sourced> commands = sources.commands(wanted);
    CommandLine tree;
    if (LineTarget.isAmong(words, commands)) {
      commands = commands.stream().filter(c -> LineTarget.names(c.definition(), wanted)).toList();
      tree = sources.tree(commands, options);
    } else {
      tree = tree(new Wanted.All(), options); // help, a wrong name: all commands are of interest
    }
    ParseResult result = tree.parseArgs(words.toArray(String[]::new));
    while (!result.isUsageHelpRequested() && result.hasSubcommand()) {
      result = result.subcommand();
    }
    return result;
  }

  private CommandResult run(CommandSpec spec, JobRequest request, JobScope scope) throws Exception {
    if (spec.userObject() instanceof StarlingCommand<?> command) {
      return jobs.run(command, request, scope);
    }
    throw new ParameterException(
        spec.commandLine(),
        "missing command: one of " + String.join(", ", spec.subcommands().keySet()));
  }

  /** Runs a command for a script in {@link #scope()}. */
  public CommandResult call(String command, Map<String, ?> named, List<?> positional, boolean quiet)
      throws Exception {
    return call(command, named, positional, quiet, scope());
  }

  /**
   * Runs a command for a script and gives its record, printing nothing but progress and log lines.
   *
   * @param command its name in scripts, as in {@link #scriptNames}
   * @param named options and positional parameters by name, in camelCase or with dashes
   * @param positional further positional parameters, in order
   * @param quiet whether progress is not wanted
   * @param scope what it is cancelled with
   * @throws NoSuchElementException if there is no such command
   * @throws ParameterException if the arguments do not fit the command
   * @throws Exception what the command throws
   */
  public CommandResult call(
      String command, Map<String, ?> named, List<?> positional, boolean quiet, JobScope scope)
      throws Exception {
    CommandDefinition<?> definition =
        ScriptNames.of(sources.commands(new Wanted.All())).get(command);
    if (definition == null) {
      throw new NoSuchElementException("there is no command '" + command + "'");
    }
    GlobalOptions options = new GlobalOptions();
    CommandLine leaf = new CommandLine(definition.factory().get());
    leaf.setCommandName("starling " + definition.words());
    options.addTo(leaf.getCommandSpec());
    leaf.setCaseInsensitiveEnumValuesAllowed(true).setExpandAtFiles(false);
    List<String> words = CallArguments.words(leaf, named, positional);
    leaf.parseArgs(words.toArray(String[]::new));
    return run(
        leaf.getCommandSpec(),
        new JobRequest(quiet || options.quiet(), options.debug(), false),
        scope);
  }

  /** The commands as scripts name them: {@code rpull}, {@code registryServe}. */
  public Set<String> scriptNames() {
    return ScriptNames.of(sources.commands(new Wanted.All())).keySet();
  }

  /** The words that may begin a line: commands and groups, with their other names. */
  public Set<String> firstWords() {
    return sources.firstWords();
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

  /** Surroundings for looking values up for completion: silent, and cancelled with nothing. */
  public CommandContext lookUp() {
    ProgressReporter silent =
        ProgressReporter.of(
            ProgressReporter.Mode.NONE, new PrintWriter(PrintWriter.nullWriter(), false));
    return new JobContext(
        transports,
        silent,
        new ConsoleLog(silent, true, false),
        new Cancellation(),
        settings,
        program,
        null);
  }

  /**
   * Asks the jobs to end, without waiting.
   *
   * @return whether one was running
   */
  public boolean cancelJob() {
    return jobs.cancelAll();
  }

  /**
   * Asks the scope's jobs to end, without waiting; for Ctrl-C at the prompt.
   *
   * @return whether there was one
   */
  public boolean cancel(JobScope scope) {
    return jobs.cancel(scope);
  }

  /**
   * Asks all jobs to end and waits until they have cleaned up; for the end of the process.
   *
   * @param millis how long to wait at most
   * @return whether all have ended
   */
  public boolean cancelAll(long millis) throws InterruptedException {
    return !jobs.cancelAll() || jobs.awaitEnd(millis);
  }

  @Override
  public void close() {
    sources.close();
  }
}
