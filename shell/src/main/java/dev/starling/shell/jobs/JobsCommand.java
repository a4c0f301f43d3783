package dev.starling.shell.jobs;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandResult;
import dev.starling.api.command.StarlingCommand;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code jobs}. */
@Command(
    name = "jobs",
    description =
        "List the background jobs of this shell: those that run, and the last that ended.",
    footer = {
      "",
      "A line that ends with '&' runs in the background: its progress stands below the prompt, what",
      "it prints above. 'fg' waits for a job, 'kill' cancels one.",
      "",
      "Examples:",
      "  convert --oci --estargz app:1 app:1-esgz &",
      "  jobs",
      "  jobs | { it.findAll { it.state.name() == 'RUNNING' } }",
      "",
      "See also: fg, kill, help prompt"
    })
final class JobsCommand implements StarlingCommand<JobsCommand.Listing> {

  private final JobTable jobs;

  JobsCommand(JobTable jobs) {
    this.jobs = jobs;
  }

  /**
   * The jobs.
   *
   * @param jobs in the order they began
   */
  public record Listing(List<JobInfo> jobs) implements CommandResult {
    public Listing {
      jobs = List.copyOf(jobs);
    }

    /** Lets closures and loops go through the jobs. */
    public Iterator<JobInfo> iterator() {
      return jobs.iterator();
    }

    @Override
    public void writeText(PrintWriter out) {
      jobs.forEach(job -> out.println(job.text()));
    }
  }

  @Override
  public Listing run(CommandContext context) {
    return new Listing(jobs.all().stream().map(JobInfo::of).toList());
  }
}
