package dev.starling.shell.jobs;

import dev.starling.shell.host.JobScope;
import dev.starling.shell.progress.BackgroundProgress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** One background job. Thread-safe. */
public final class BackgroundJob {

  /** How it is. */
  public enum State {
    RUNNING,
    DONE,
    FAILED,
    CANCELLED
  }

  /**
   * How a job ended.
   *
   * @param exitCode what its line ended with
   * @param value what its command returned, or null
   */
  public record End(int exitCode, @Nullable Object value) {}

  private static final int CANCELLED = 130;

  private final int number;
  private final String line;
  private final BackgroundProgress progress;
  private final JobScope scope;
  private final long since = System.nanoTime();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable End end;
  private volatile long took;

  BackgroundJob(int number, String line, BackgroundProgress progress, JobScope scope) {
    this.number = number;
    this.line = line;
    this.progress = progress;
    this.scope = scope;
  }

  /** What {@code %1} says. */
  public int number() {
    return number;
  }

  /** What was typed. */
  public String line() {
    return line;
  }

  /** Where it writes and what it is cancelled with. */
  JobScope scope() {
    return scope;
  }

  void finish(End how) {
    took = System.nanoTime() - since;
    end = how;
    ended.countDown();
  }

  /** Waits until it has ended. */
  End await() throws InterruptedException {
    ended.await();
    End how = end;
    return how == null ? new End(1, null) : how;
  }

  /** How it is. */
  public State state() {
    End how = end;
    if (how == null) {
      return State.RUNNING;
    }
    return switch (how.exitCode()) {
      case 0 -> State.DONE;
      case CANCELLED -> State.CANCELLED;
      default -> State.FAILED;
    };
  }

  /** For how long it has run. */
  public Duration time() {
    return Duration.ofNanos(end == null ? System.nanoTime() - since : took);
  }

  /** What it is at, a line an item. */
  public List<String> progress(int most) {
    return progress.lines(most);
  }
}
