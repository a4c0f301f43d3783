package dev.starling.shell.jobs;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandResult;
import dev.starling.api.command.StarlingCommand;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code fg}. */
@Command(
    name = "fg",
    description = "Wait for a background job. Ctrl-C cancels it.",
    footer = {
      "",
      "Examples:",
      "  fg",
      "  fg %2",
      "  made = fg %1",
      "",
      "See also: jobs, kill, help prompt"
    })
final class FgCommand implements StarlingCommand<FgCommand.Waited>, JobNumber.Target {

  @Parameters(
      arity = "0..1",
      paramLabel = "JOB",
      completionCandidates = JobNumber.Names.class,
      description = "Its number, as %%1. Default: the job that began last.")
  private String job = "";

  private final JobTable jobs;

  FgCommand(JobTable jobs) {
    this.jobs = jobs;
  }

  @Override
  public JobTable jobs() {
    return jobs;
  }

  /**
   * A job that has ended.
   *
   * @param job the job
   * @param exitCode what it ended with
   * @param result what its command returned, or null
   */
  public record Waited(JobInfo job, int exitCode, @Nullable Object result)
      implements CommandResult {
    @Override
    public void writeText(PrintWriter out) {
      // The job itself has said how it ended.
    }
  }

  @Override
  public Waited run(CommandContext context) throws IOException, InterruptedException {
    BackgroundJob found = JobNumber.find(jobs, job);
    context.cancellation().onRequest(() -> jobs.cancel(found));
    BackgroundJob.End end;
    try {
      end = found.await();
    } catch (InterruptedException e) {
      end = found.await(); // it was asked to end: until it has cleaned up
    }
    return new Waited(JobInfo.of(found), end.exitCode(), end.value());
  }
}
