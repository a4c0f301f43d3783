package dev.starling.shell.jobs;

import dev.starling.api.command.CommandException;
import dev.starling.api.command.CompletionRequest;
import dev.starling.api.command.Suggestion;
import dev.starling.api.command.ValueCompletion;
import java.time.Duration;
import java.util.function.Consumer;

/** {@code %1}, {@code 1} or nothing, for the job that began last. */
final class JobNumber {

  private JobNumber() {}

  /** A command that names a job. */
  interface Target {
    JobTable jobs();
  }

  /**
   * The job meant.
   *
   * @throws CommandException if there is none
   */
  static BackgroundJob find(JobTable jobs, String text) throws CommandException {
    String number = text.startsWith("%") ? text.substring(1) : text;
    boolean isNumber = number.matches("[1-9]\\d{0,8}");
    if (!isNumber && !number.isEmpty()) {
      throw new CommandException("a job is named by its number, as %1, not '" + text + "'");
    }
    BackgroundJob job = jobs.find(isNumber ? Integer.parseInt(number) : 0);
    if (job == null) {
      throw new CommandException(
          (isNumber ? "there is no job %" + number : "no job runs") + "; 'jobs' lists them");
    }
    return job;
  }

  /** Completes to the jobs that run. */
  static final class Names implements ValueCompletion {
    @Override
    public void complete(CompletionRequest request, Consumer<Suggestion> found) {
      if (request.command() instanceof Target target) {
        for (BackgroundJob job : target.jobs().running()) {
          found.accept(new Suggestion("%" + job.number(), job.line(), true));
        }
      }
    }

    @Override
    public Duration freshFor() {
      return Duration.ZERO;
    }
  }
}
