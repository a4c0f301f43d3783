package dev.starling.shell.jobs;

import dev.starling.shell.host.CommandHost;
import dev.starling.shell.host.Console;
import dev.starling.shell.host.JobScope;
import dev.starling.shell.progress.BackgroundProgress;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The background jobs of a shell: those that run, and those that ended last. Thread-safe. */
public final class JobTable {

  private static final int ENDED_KEPT = 20;

  private final CommandHost host;
  private final List<BackgroundJob> jobs = new ArrayList<>();
  private Screen screen;
  private int last;

  /**
   * A table whose jobs print on standard error.
   *
   * @param host cancels them
   */
  public JobTable(CommandHost host) {
    this.host = host;
    this.screen =
        new Screen() {
          @Override
          public void above(String line) {
            host.console().err().println(line);
            host.console().err().flush();
          }

          @Override
          public void changed() {}
        };
  }

  /** Shows jobs elsewhere from now on. */
  public synchronized void showOn(Screen other) {
    screen = other;
  }

  private synchronized Screen screen() {
    return screen;
  }

  /**
   * Starts a job.
   *
   * @param line what was typed
   * @param work run on a thread of its own in the job's scope
   */
  public BackgroundJob start(String line, Function<JobScope, BackgroundJob.End> work) {
    LineOutput out = new LineOutput(text -> screen().above(text));
    PrintWriter writer = new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), true);
    BackgroundProgress progress =
        new BackgroundProgress(text -> screen().above(text), System::nanoTime);
    JobScope scope = new JobScope(new Console(writer, out, writer, false), _ -> progress);
    BackgroundJob job;
    synchronized (this) {
      last = running().isEmpty() ? 1 : last + 1;
      jobs.removeIf(old -> old.number() == last);
      job = new BackgroundJob(last, line, progress, scope);
      jobs.add(job);
      forgetOldest();
    }
    Thread.ofVirtual()
        .name("starling-job-" + job.number())
        .start(() -> {
          BackgroundJob.End end = new BackgroundJob.End(1, null);
          try {
            end = work.apply(scope);
          } finally {
            writer.flush();
            out.close();
            job.finish(end);
            screen().above(ended(job));
            screen().changed();
          }
        });
    screen().changed();
    return job;
  }

  private void forgetOldest() {
    int ended = jobs.size() - running().size();
    for (int i = 0; i < jobs.size() && ended > ENDED_KEPT; i++) {
      if (jobs.get(i).state() != BackgroundJob.State.RUNNING) {
        jobs.remove(i--);
        ended--;
      }
    }
  }

  private static String ended(BackgroundJob job) {
    return String.format(
        Locale.ROOT,
        "[%d] %s after %.1f s: %s",
        job.number(),
        job.state().name().toLowerCase(Locale.ROOT),
        job.time().toMillis() / 1000.0,
        job.line());
  }

  /** All, in the order they began. */
  public synchronized List<BackgroundJob> all() {
    return List.copyOf(jobs);
  }

  /** Those that run, in the order they began. */
  public synchronized List<BackgroundJob> running() {
    return jobs.stream().filter(job -> job.state() == BackgroundJob.State.RUNNING).toList();
  }

  /** The job of that number, the last one for 0; null if there is none. */
  synchronized @Nullable BackgroundJob find(int number) {
    List<BackgroundJob> candidates = number == 0 ? running() : jobs;
    return candidates.reversed().stream()
        .filter(job -> number == 0 || job.number() == number)
        .findFirst()
        .orElse(null);
  }

  /** Asks a job to end, without waiting. */
  public void cancel(BackgroundJob job) {
    job.scope().end(); // it may be about to begin
    host.cancel(job.scope());
  }

  /**
   * Waits until none runs.
   *
   * @return the exit code of the first that failed, of those that are still listed, or 0
   */
  public int awaitAll() throws InterruptedException {
    int exitCode = 0;
    for (BackgroundJob job : all()) {
      int ended = job.await().exitCode();
      exitCode = exitCode == 0 ? ended : exitCode;
    }
    return exitCode;
  }
}
