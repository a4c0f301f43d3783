package dev.starling.shell.host;

/** The process's exit codes that are the host's own; a result record may set another. */
public final class ExitCode {

  /** Done. */
  public static final int DONE = 0;

  /** The work failed. */
  public static final int FAILED = 1;

  /** The line was not understood, or its options do not fit together. */
  public static final int USAGE = 2;

  /** Cancelled, as after Ctrl-C: 128 + SIGINT. A process that SIGTERM ends says 143. */
  public static final int CANCELLED = 130;

  private ExitCode() {}
}
