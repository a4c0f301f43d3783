package dev.starling.shell.host;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandResult;
import dev.starling.api.command.StarlingCommand;
import dev.starling.api.job.Cancellation;
import dev.starling.shell.config.Settings;
import dev.starling.shell.progress.ProgressReporter;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * Runs commands as jobs: each on the thread that asks, with progress, a log and a cancellation of
 * its own. Thread-safe.
 */
final class JobRunner {

  private static final ScopedValue<JobScope> CURRENT = ScopedValue.newInstance();

  private final Supplier<Settings> settings;
  private final Supplier<TransportsFactory> transports;
  private final List<String> program;
  private final Deque<RunningJob> running = new ArrayDeque<>();

  JobRunner(
      Supplier<Settings> settings, Supplier<TransportsFactory> transports, List<String> program) {
    this.settings = settings;
    this.transports = transports;
    this.program = program;
  }

  /**
   * Runs the command until it ends.
   *
   * @param scope where it writes and what it is cancelled with
   * @throws CancellationException if it failed after it was asked to end
   * @throws Exception what the command throws
   */
  <R extends CommandResult> R run(StarlingCommand<R> command, JobRequest request, JobScope scope)
      throws Exception {
    RunningJob job = new RunningJob(Thread.currentThread(), scope);
    try (ProgressReporter reporter = scope.reporter(request.quiet())) {
      ConsoleLog log = new ConsoleLog(reporter, request.quiet(), request.debug());
      add(job);
      if (scope.isEnded()) {
        job.cancellation.request();
      }
      JobContext context =
          new JobContext(
              transports,
              reporter,
              log,
              job.cancellation,
              settings,
              program,
              request.raw() ? scope.console().raw() : null);
      return ScopedValue.where(CURRENT, scope).call(() -> command.run(context));
    } catch (Exception failure) {
      if (job.cancellation.isRequested() && !(failure instanceof CancellationException)) {
        CancellationException cancelled = new CancellationException("cancelled");
        cancelled.initCause(failure);
        throw cancelled;
      }
      throw failure;
    } finally {
      remove(job);
      job.end();
    }
  }

  /** Surroundings of no job: silent, and cancelled with nothing. */
  CommandContext silent() {
    ProgressReporter silent =
        ProgressReporter.of(
            ProgressReporter.Mode.NONE, new PrintWriter(PrintWriter.nullWriter(), false));
    return new JobContext(
        transports,
        silent,
        new ConsoleLog(silent, true, false),
        new Cancellation(),
        settings,
        program,
        null);
  }

  /** The scope of the job that this thread runs, or the other one if it runs none. */
  static JobScope current(JobScope other) {
    return CURRENT.orElse(other);
  }

  /**
   * Asks the scope's jobs to end, the last first.
   *
   * @return whether there was one
   */
  boolean cancel(JobScope scope) {
    List<RunningJob> jobs = running().stream().filter(job -> scope.includes(job.scope)).toList();
    jobs.forEach(job -> job.cancellation.request());
    return !jobs.isEmpty();
  }

  /**
   * Asks all jobs to end, the last first.
   *
   * @return whether there was one
   */
  boolean cancelAll() {
    List<RunningJob> jobs = running();
    jobs.forEach(job -> job.cancellation.request());
    return !jobs.isEmpty();
  }

  private List<RunningJob> running() {
    synchronized (running) {
      return List.copyOf(running);
    }
  }

  private void add(RunningJob job) {
    synchronized (running) {
      running.addFirst(job);
    }
  }

  private void remove(RunningJob job) {
    synchronized (running) {
      running.remove(job);
      running.notifyAll();
    }
  }

  /**
   * Waits until no job runs.
   *
   * @param millis how long at most
   * @return whether all have ended
   */
  boolean awaitEnd(long millis) throws InterruptedException {
    long end = System.nanoTime() + millis * 1_000_000;
    synchronized (running) {
      while (!running.isEmpty()) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          return false;
        }
        running.wait(left);
      }
      return true;
    }
  }

  /** A job and the thread that it may be waiting on. */
  private static final class RunningJob {
    private final Thread thread;
    private final JobScope scope;
    private final Cancellation cancellation = new Cancellation();
    private boolean ended;

    RunningJob(Thread thread, JobScope scope) {
      this.thread = thread;
      this.scope = scope;
      cancellation.onRequest(this::interrupt);
    }

    private synchronized void interrupt() {
      if (!ended) {
        thread.interrupt();
      }
    }

    /** Leaves no interrupt behind for whatever the thread does next. */
    synchronized void end() {
      ended = true;
      if (cancellation.isRequested()) {
        Thread.interrupted();
      }
    }
  }
}
