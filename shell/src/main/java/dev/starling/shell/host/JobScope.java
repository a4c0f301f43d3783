package dev.starling.shell.host;

import dev.starling.shell.progress.ProgressReporter;
import dev.starling.shell.progress.SharedProgress;
import dev.starling.shell.progress.WholeLines;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * What a group of calls has in common: where they write, how their progress shows, and that they
 * are cancelled together. The prompt has one for what runs in front and one for each background
 * job. Thread-safe if the console's writers are.
 */
public final class JobScope {

  private final Console console;
  private final Function<Boolean, ProgressReporter> reporters;
  private final JobScope root;
  private volatile boolean ended; // of the root

  /**
   * @param reporters makes the reporter of one job, told whether it is to be quiet
   */
  public JobScope(Console console, Function<Boolean, ProgressReporter> reporters) {
    this.console = console;
    this.reporters = reporters;
    this.root = this;
  }

  private JobScope(Console console, Function<Boolean, ProgressReporter> reporters, JobScope root) {
    this.console = console;
    this.reporters = reporters;
    this.root = root;
  }

  /** A scope whose progress goes to the console's standard error. */
  public static JobScope on(Console console) {
    return new JobScope(
        console, quiet -> ProgressReporter.of(console.progress(quiet), console.err()));
  }

  /** Where results and messages go. */
  public Console console() {
    return console;
  }

  /** The same scope with another place for its results. */
  public JobScope writingTo(OutputStream results) {
    PrintWriter out = new PrintWriter(new OutputStreamWriter(results, StandardCharsets.UTF_8));
    return new JobScope(
        new Console(out, results, console.err(), console.terminal()), reporters, root);
  }

  /**
   * The same scope where what runs at the same time shows its progress in one place, and results
   * are printed above it, by whole lines.
   */
  public JobScope sharingProgress() {
    SharedProgress shared = new SharedProgress(reporters);
    PrintWriter out = new PrintWriter(new WholeLines(console.out(), shared::beside));
    return new JobScope(
        new Console(out, console.raw(), console.err(), console.terminal()), shared::join, root);
  }

  /** Has every job that begins in the scope from now on be cancelled at once. */
  public void end() {
    root.ended = true;
  }

  /** Whether no job is to begin any more. */
  boolean isEnded() {
    return root.ended;
  }

  /** Whether they are cancelled together. */
  boolean includes(JobScope other) {
    return root == other.root;
  }

  /** A reporter for one job, to be closed with it. */
  public ProgressReporter reporter(boolean quiet) {
    return reporters.apply(quiet);
  }

  /** Prints one line about something that went wrong. */
  public void problem(String line) {
    console.err().println("starling: " + line);
    console.err().flush();
  }

  /** Prints the failure as one line, and its stack trace if details are wanted. */
  public void report(Throwable failure, boolean debug) {
    problem(Failures.describe(failure));
    if (debug) {
      failure.printStackTrace(console.err());
      console.err().flush();
    }
  }
}
