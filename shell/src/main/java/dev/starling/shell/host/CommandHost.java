package dev.starling.shell.host;

import dev.starling.api.command.CommandDefinition;
import dev.starling.api.command.CommandResult;
import dev.starling.api.command.StarlingCommand;
import dev.starling.shell.config.Settings;
import dev.starling.shell.host.CommandSource.Sourced;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Finds and runs commands for the command line, the prompt and scripts. Thread-safe. */
public final class CommandHost implements AutoCloseable {

  private final List<CommandSource> sources = new CopyOnWriteArrayList<>();
  private final Set<String> reported = new LinkedHashSet<>();
  private final Console console;
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
    this.console = console;
    this.settings = settings;
    this.transports = transports;
    this.program = List.copyOf(program);
    this.jobs = new JobRunner(console, settings, transports, this.program);
  }

  /**
   * Adds a source of commands; earlier ones win where names collide. It is closed with the host.
   */
  public CommandHost add(CommandSource source) {
    sources.add(source);
    return this;
  }

  /**
   * A host with the same commands, console and connections under other settings, for work that must
   * not touch what the user keeps. Closing this host is enough for both.
   */
  public CommandHost with(Settings others) {
    CommandHost host = new CommandHost(console, () -> others, transports, program);
    host.sources.addAll(sources);
    return host;
  }

  /** Where results and messages go. */
  public Console console() {
    return console;
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
    GlobalOptions options = new GlobalOptions();
    try {
      ParseResult leaf = parse(words, options);
      CommandSpec spec = leaf.commandSpec();
      if (leaf.isUsageHelpRequested()) {
        spec.commandLine().usage(console.out(), Ansi.OFF);
        console.out().flush();
        return new Outcome(ExitCode.DONE, null);
      }
      CommandResult result = run(spec, JobRequest.of(options));
      console.raw().flush();
      ResultPrinter.print(result, options.format(), console.out());
      return new Outcome(result.exitCode(), result);
    } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError failure) {
      report(failure, options.debug());
      return new Outcome(Failures.exitCode(failure), null);
    }
  }

  /** Prints the failure as one line, and its stack trace if details are wanted. */
  public void report(Throwable failure, boolean debug) {
    problem(Failures.describe(failure));
    if (debug) {
      failure.printStackTrace(console.err());
      console.err().flush();
    }
  }

  /** Prints one line about something that went wrong. */
  public void problem(String line) {
    console.err().println("starling: " + line);
    console.err().flush();
  }

  private ParseResult parse(List<String> words, GlobalOptions options) {
    Wanted wanted = new Wanted.Named(Set.copyOf(words));
    List<Sourced> commands = commands(wanted);
    CommandLine tree;
    if (LineTarget.isAmong(words, commands)) {
      commands = commands.stream().filter(c -> LineTarget.names(c.definition(), wanted)).toList();
      tree = CommandTree.build(commands, options, this::reportOnce);
    } else {
      tree = tree(options); // help, a wrong name: all commands are of interest
    }
    ParseResult result = tree.parseArgs(words.toArray(String[]::new));
    while (!result.isUsageHelpRequested() && result.hasSubcommand()) {
      result = result.subcommand();
    }
    return result;
  }

  private CommandResult run(CommandSpec spec, JobRequest request) throws Exception {
    if (spec.userObject() instanceof StarlingCommand<?> command) {
      return jobs.run(command, request);
    }
    throw new ParameterException(
        spec.commandLine(),
        "missing command: one of " + String.join(", ", spec.subcommands().keySet()));
  }

  /**
   * Runs a command for a script and gives its record, printing nothing but progress and log lines.
   *
   * @param command its name in scripts, as in {@link #scriptNames}
   * @param named options and positional parameters by name, in camelCase or with dashes
   * @param positional further positional parameters, in order
   * @param quiet whether progress is not wanted
   * @throws NoSuchElementException if there is no such command
   * @throws ParameterException if the arguments do not fit the command
   * @throws Exception what the command throws
   */
  public CommandResult call(String command, Map<String, ?> named, List<?> positional, boolean quiet)
      throws Exception {
    CommandDefinition<?> definition = ScriptNames.of(commands(new Wanted.All())).get(command);
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
        leaf.getCommandSpec(), new JobRequest(quiet || options.quiet(), options.debug(), false));
  }

  /** The commands as scripts name them: {@code rpull}, {@code registryServe}. */
  public Set<String> scriptNames() {
    return ScriptNames.of(commands(new Wanted.All())).keySet();
  }

  /** A fresh tree of all commands, for completion and help. */
  public CommandLine tree() {
    return tree(new GlobalOptions());
  }

  private CommandLine tree(GlobalOptions options) {
    return CommandTree.build(commands(new Wanted.All()), options, this::reportOnce);
  }

  private List<Sourced> commands(Wanted wanted) {
    List<Sourced> commands = new ArrayList<>();
    sources.forEach(source -> commands.addAll(source.commands(wanted)));
    return commands;
  }

  private void reportOnce(String problem) {
    synchronized (reported) {
      if (!reported.add(problem)) {
        return;
      }
    }
    problem(problem);
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
   * Asks the job that began last to end, if another job began it, as the shell does; for Ctrl-C at
   * the prompt.
   *
   * @return whether there was one
   */
  public boolean cancelNestedJob() {
    return jobs.cancelNested();
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
    sources.forEach(CommandSource::close);
  }
}
