package dev.starling.snapshot;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandModel;
import dev.starling.api.command.CommandResult;
import dev.starling.api.command.DescribedCommand;
import dev.starling.api.job.Log;
import dev.starling.snapshot.control.ControlClient;
import dev.starling.snapshot.control.ControlServer;
import dev.starling.snapshot.control.SilentException;
import dev.starling.snapshot.daemon.Calls;
import dev.starling.snapshot.daemon.Daemon;
import dev.starling.snapshot.daemon.DaemonLock;
import dev.starling.snapshot.daemon.DaemonPlaces;
import dev.starling.snapshot.daemon.DaemonService;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The {@code snapshotter} command: the daemon itself. */
public final class SnapshotterCommand implements DescribedCommand<SnapshotterCommand.Result> {

  /** Shorter than others have: it is to end in any case. */
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration LAST_MOMENTS = Duration.ofSeconds(2);
  private static final Duration REPORT = Duration.ofSeconds(1);

  private boolean stop;

  private @Nullable String metrics;

  private final CacheOptions cache = new CacheOptions();

  /**
   * What became of the daemon.
   *
   * @param outcome {@code stopped}, or why none ran
   */
  public record Result(String outcome) implements CommandResult {
    @Override
    public void writeText(PrintWriter out) {
      out.println(outcome);
    }
  }

  @Override
  public void describe(CommandModel model) {
    model
        .description("Run the daemon that owns all lazy mounts, until it is stopped.")
        .footer(
            "",
            "Commands that need it start it by themselves, detached; run it by hand to see what it says",
            "or to have it supervised. There is one for each data directory. SIGTERM, Ctrl-C and --stop",
            "unmount everything; the next daemon mounts it again.",
            "",
            "Examples:",
            "  starling snapshotter --metrics 127.0.0.1:9123",
            "  starling snapshotter --stop",
            "",
            "See also: status, mounts prune, cache size, help lazy")
        .flag("--stop", given -> stop = given, "Stop the one that runs and wait for its end.")
        .option(
            "--metrics",
            "ADDRESS",
            given -> metrics = given,
            "Serve Prometheus metrics at http://ADDRESS/metrics, ADDRESS being HOST:PORT.");
    cache.addTo(model);
  }

  @Override
  public Result run(CommandContext context) throws IOException, InterruptedException {
    DaemonPlaces places = DaemonPlaces.of(context.directories());
    if (stop) {
      return stop(new ControlClient(places.socket(), STOP_PATIENCE), places, context.log());
    }
    try (DaemonLock lock = DaemonLock.tryTake(places)) {
      if (lock == null) {
        return new Result("a daemon runs for " + context.directories().data() + " already");
      }
      serve(context, places);
    }
    return new Result("stopped");
  }

  private void serve(CommandContext context, DaemonPlaces places)
      throws IOException, InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    try (DaemonParts parts = DaemonParts.open(context, cache.limit());
        Daemon daemon = Daemon.start(places, parts.images(), parts.faces(), context.log());
        ControlServer _ = DaemonService.start(places, daemon, asked::countDown);
        MetricsServer _ = MetricsServer.start(metrics, daemon)) {
      context.log().info("listening on " + places.socket());
      try {
        daemon.startReporting(REPORT);
        while (!context.cancellation().isRequested() && !asked.await(1, TimeUnit.HOURS)) {
          // Waits on.
        }
      } catch (InterruptedException e) {
        // SIGTERM; what follows must not be disturbed by it.
      }
    }
  }

  private static void askToEnd(ControlClient client, Optional<ProcessHandle> process, Log log)
      throws IOException {
    try {
      client.call(Calls.STOP, new Calls.Nothing(), _ -> {});
    } catch (SilentException e) {
      ProcessHandle daemon = process.orElseThrow(() -> e);
      daemon.destroyForcibly();
      log.warn(
          "the daemon, process %d, does not answer and was killed; the next mounts again what it had"
              .formatted(daemon.pid()));
    } catch (IOException e) {
      // One of another version may not understand this, but a signal it does.
      process.orElseThrow(() -> e).destroy();
    }
  }

  private static Result stop(ControlClient client, DaemonPlaces places, Log log)
      throws IOException, InterruptedException {
    if (!client.isAnswered()) {
      return new Result("no daemon runs");
    }
    Optional<ProcessHandle> daemon = DaemonLock.holder(places);
    askToEnd(client, daemon, log);
    while (isHeld(places)) {
      Thread.sleep(PAUSE);
    }
    // Its log stays open a little longer. Where nobody takes care of orphans, it never goes.
    long end = System.nanoTime() + LAST_MOMENTS.toNanos();
    while (daemon.filter(ProcessHandle::isAlive).isPresent() && System.nanoTime() < end) {
      Thread.sleep(PAUSE);
    }
    return new Result("stopped");
  }

  private static boolean isHeld(DaemonPlaces places) throws IOException {
    try (DaemonLock free = DaemonLock.tryTake(places)) {
      return free == null;
    }
  }
}
