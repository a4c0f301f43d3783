package dev.starling.shell.host;

/**
 * How a command is to be run.
 *
 * @param quiet whether progress is not wanted
 * @param debug whether details are wanted
 * @param raw whether bytes may go to standard output instead of into the record
 */
record JobRequest(boolean quiet, boolean debug, boolean raw) {

  static JobRequest of(GlobalOptions options, boolean printed) {
    return new JobRequest(
        options.quiet(), options.debug(), printed && options.format() == OutputFormat.TEXT);
  }
}
