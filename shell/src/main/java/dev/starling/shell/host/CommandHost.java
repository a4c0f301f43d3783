package dev.starling.shell.host;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandResult;
import dev.starling.api.command.StarlingCommand;
import dev.starling.shell.config.Settings;
import dev.starling.shell.help.HelpTexts;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Finds and runs commands for the command line, the prompt and scripts. Thread-safe. */
public final class CommandHost implements AutoCloseable {

  private final CommandSources sources = new CommandSources(this::problem);
  private final CommandFinder finder = new CommandFinder(sources);
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
      ParseResult leaf = finder.parse(words, options);
      CommandSpec spec = leaf.commandSpec();
      if (spec.userObject() instanceof StarlingCommand<?> command) {
        failed = command.failureExitCode();
      }
      if (leaf.isUsageHelpRequested()) {
        console.out().print(HelpTexts.of(spec.commandLine()));
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
   * @param command its name in scripts, as in {@link CommandFinder#scriptNames}
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
    GlobalOptions options = new GlobalOptions();
    CommandSpec spec = finder.parseCall(command, named, positional, options);
    return run(spec, new JobRequest(quiet || options.quiet(), options.debug(), false), scope);
  }

  /** The commands' names and picocli's model of them. */
  public CommandFinder commands() {
    return finder;
  }

  /** Surroundings for looking values up for completion: silent, and cancelled with nothing. */
  public CommandContext lookUp() {
    return jobs.silent();
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
