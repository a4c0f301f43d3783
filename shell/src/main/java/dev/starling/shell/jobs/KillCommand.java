package dev.starling.shell.jobs;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandResult;
import dev.starling.api.command.StarlingCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kill}. */
@Command(
    name = "kill",
    description = "Cancel background jobs, as Ctrl-C does in the foreground.",
    footer = {"", "Example:", "  kill %1", "", "See also: jobs, fg, help prompt"})
final class KillCommand implements StarlingCommand<KillCommand.Killed>, JobNumber.Target {

  @Parameters(
      arity = "1..*",
      paramLabel = "JOB",
      completionCandidates = JobNumber.Names.class,
      description = "Numbers, as %%1.")
  private List<String> names = new ArrayList<>();

  private final JobTable jobs;

  KillCommand(JobTable jobs) {
    this.jobs = jobs;
  }

  @Override
  public JobTable jobs() {
    return jobs;
  }

  /**
   * The jobs that were asked to end; they say themselves when they have.
   *
   * @param jobs as they were then
   */
  public record Killed(List<JobInfo> jobs) implements CommandResult {
    public Killed {
      jobs = List.copyOf(jobs);
    }

    @Override
    public void writeText(PrintWriter out) {}
  }

  @Override
  public Killed run(CommandContext context) throws IOException {
    List<JobInfo> asked = new ArrayList<>();
    for (String name : names) {
      BackgroundJob job = JobNumber.find(jobs, name);
      jobs.cancel(job);
      asked.add(JobInfo.of(job));
    }
    return new Killed(asked);
  }
}
