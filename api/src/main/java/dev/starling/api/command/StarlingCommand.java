package dev.starling.api.command;

/**
 * A command: a class with picocli's annotations whose fields hold the parsed options.
 *
 * @param <R> the record that the command returns
 */
@FunctionalInterface
public interface StarlingCommand<R extends CommandResult> {

  /**
   * Does the work. Called once per object.
   *
   * @param context the job's surroundings
   * @return what was done, as a record
   * @throws UsageException if options do not fit together; exit code 2
   * @throws java.util.concurrent.CancellationException if the job was cancelled
   * @throws Exception if the work failed; an {@link java.io.IOException} or {@link
   *     CommandException} is shown by its message, anything else is taken for a defect
   */
  R run(CommandContext context) throws Exception;

  /**
   * What the process ends with when the work fails, for a command whose own exit codes are somebody
   * else's. Wrong usage and cancellation have codes of their own, and so may a {@link
   * CommandException}.
   */
  default int failureExitCode() {
    return CommandException.FAILED;
  }
}
