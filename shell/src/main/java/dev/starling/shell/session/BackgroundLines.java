package dev.starling.shell.session;

import dev.starling.api.command.UsageException;
import dev.starling.shell.host.ExitCode;
import dev.starling.shell.host.Failures;
import dev.starling.shell.host.JobScope;
import dev.starling.shell.jobs.BackgroundJob;
import dev.starling.shell.jobs.JobTable;
import dev.starling.shell.line.Statement.Run;
import dev.starling.shell.line.Statement.Stage;
import java.io.PrintWriter;

/**
 * Runs lines that end with {@code &}. Thread-safe.
 *
 * @param jobs takes what is started
 * @param variables takes results that are assigned
 * @param front where it is said that a line was started
 */
record BackgroundLines(Pipeline pipeline, JobTable jobs, Variables variables, JobScope front) {

  /**
   * Starts a line.
   *
   * @return the exit code of having started it
   * @throws UsageException if it can run in the foreground only
   */
  int start(Run run) {
    for (Stage stage : run.stages()) {
      if (stage instanceof Stage.Closure
          || (stage instanceof Stage.Filter filter && filter.words().getFirst().equals("less"))) {
        throw new UsageException(
            "closures and less work in the foreground only; leave out '&', or write to a file with"
                + " '>'");
      }
    }
    String word = run.words().getFirst();
    if (Session.OWN_WORDS.contains(word)) {
      throw new UsageException(word + " cannot run in the background; leave out '&'");
    }
    BackgroundJob job = jobs.start(run.text(), scope -> run(run, scope));
    PrintWriter err = front.console().err();
    err.println("[" + job.number() + "] " + job.line());
    err.flush();
    return ExitCode.DONE;
  }

  private BackgroundJob.End run(Run run, JobScope scope) {
    try {
      Pipeline.Ended ended = pipeline.run(run, scope);
      if (run.variable() != null) {
        variables.set(run.variable(), ended.value());
      }
      return new BackgroundJob.End(ended.exitCode(), ended.value());
    } catch (Exception e) {
      scope.report(e, false);
      return new BackgroundJob.End(Failures.exitCode(e), null);
    }
  }
}
