package dev.starling.optimize.runtime;

import dev.starling.api.job.Cancellation;
import dev.starling.optimize.bundle.Bundle;
import dev.starling.optimize.workload.StopRule;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One run of a bundle, from its start to the moment nothing is left of it. The runtime stays in the
 * foreground as the parent of the container's process: that gives the exit code, passes signals on
 * and, for a terminal, makes the container's and copies between the two, size changes included.
 */
public final class ContainerRun implements AutoCloseable {

  private static final int BUFFER = 64 * 1024;
  private static final long START_POLL_MILLIS = 10;
  private static final long END_SECONDS = 10;

  private final OciRuntime runtime;
  private final Bundle bundle;
  private final StopWatch watch;
  private final OutputTail tail;
  private final RuntimeLog log;
  private final Path processFile;
  private final Process process;
  private final List<Thread> readers;

  private ContainerRun(OciRuntime runtime, Bundle bundle, List<StopRule> rules, Streams streams)
      throws IOException {
    this.runtime = runtime;
    this.bundle = bundle;
    this.watch = new StopWatch(rules);
    this.tail = new OutputTail(watch::line);
    this.log = new RuntimeLog(bundle.directory().resolve("runtime.log"));
    this.processFile = processFile(bundle);
    Files.deleteIfExists(processFile);
    Files.createDirectories(runtime.state());
    this.process = builder(streams).start();
    this.readers =
        switch (streams) {
          case Streams.Inherited() -> List.of();
          case Streams.Watched(OutputStream out, OutputStream err, boolean input) ->
              List.of(read(process.getInputStream(), out), read(process.getErrorStream(), err));
        };
  }

  /**
   * Runs a bundle until its process ends or a rule holds, then removes what is left of the
   * container: its processes, its control group and the runtime's state.
   *
   * @param rules when to end it; none waits for its process
   * @param signal completed when the user wants it to end; looked at under {@link StopRule.Signal}
   * @param cancellation ends it at once
   * @throws RuntimeFailedException if the process could not be started
   * @throws CancellationException if the job was cancelled
   * @throws IOException if the container could not be removed
   */
  public static RunOutcome run(
      OciRuntime runtime,
      Bundle bundle,
      List<StopRule> rules,
      Streams streams,
      CompletionStage<?> signal,
      Cancellation cancellation)
      throws IOException {
    cancellation.check();
    try (ContainerRun run = new ContainerRun(runtime, bundle, rules, streams);
        Cancellation.Registration _ = cancellation.onRequest(run.watch::close)) {
      return run.await(signal, cancellation);
    }
  }

  /** Where the runtime writes the number of the container's first process. */
  static Path processFile(Bundle bundle) {
    return bundle.directory().resolve("process.pid");
  }

  private ProcessBuilder builder(Streams streams) {
    List<String> words =
        runtime.words(
            List.of(
                "run",
                "--bundle",
                bundle.directory().toString(),
                "--pid-file",
                processFile.toString(),
                bundle.id()));
    words.addAll(1, List.of("--log", log.file().toString(), "--log-format", "json"));
    return switch (streams) {
      case Streams.Inherited() -> new ProcessBuilder(words).inheritIO();
      case Streams.Watched(OutputStream out, OutputStream err, boolean input) -> {
        // In a session of its own Ctrl-C reaches this process alone, which decides what it means.
        words.addFirst("setsid");
        yield new ProcessBuilder(words)
            .redirectInput(input ? Redirect.INHERIT : Redirect.from(new File("/dev/null")));
      }
    };
  }

  private Thread read(InputStream in, @Nullable OutputStream copy) {
    return Thread.ofVirtual().start(() -> pump(in, copy));
  }

  private void pump(InputStream in, @Nullable OutputStream copy) {
    OutputTail.Lines lines = tail.new Lines();
    OutputStream target = copy == null ? OutputStream.nullOutputStream() : copy;
    byte[] buffer = new byte[BUFFER];
    try (in) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        lines.write(buffer, count);
        target = write(target, buffer, count);
      }
    } catch (IOException e) {
      // The stream was closed under us, since the container is being removed.
    } finally {
      lines.close();
    }
  }

  /** A reader that went away must not stop the container: its output is dropped from then on. */
  private static OutputStream write(OutputStream target, byte[] buffer, int count) {
    try {
      target.write(buffer, 0, count);
      target.flush();
      return target;
    } catch (IOException e) {
      return OutputStream.nullOutputStream();
    }
  }

  private RunOutcome await(CompletionStage<?> signal, Cancellation cancellation)
      throws IOException {
    try {
      watch.start(awaitStart(), signal);
      CompletableFuture.anyOf(watch.held(), process.onExit()).get();
      cancellation.check();
      if (process.isAlive() && watch.held().isDone()) {
        remove();
        return new RunOutcome.Stopped(watch.held().get(), tail.lines());
      }
      awaitReaders();
      int exitCode = process.waitFor();
      log.failIfRefused(exitCode);
      return new RunOutcome.Ended(exitCode, tail.lines());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    } catch (ExecutionException e) {
      cancellation.check(); // which ended the watching
      throw new IllegalStateException("neither fails", e);
    }
  }

  /** The container's first process, once there is one; without one when the start failed. */
  private long awaitStart() throws IOException, InterruptedException {
    while (process.isAlive() && !watch.held().isDone()) {
      if (Files.exists(processFile)) {
        String number = Files.readString(processFile).strip();
        if (!number.isEmpty()) {
          return Long.parseLong(number);
        }
      }
      process.waitFor(START_POLL_MILLIS, TimeUnit.MILLISECONDS);
    }
    return -1;
  }

  private void awaitReaders() throws InterruptedException {
    for (Thread reader : readers) {
      reader.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
    }
  }

  /**
   * Kills the container, if it is there: the runtime in the foreground then removes it. What it
   * leaves is removed here.
   */
  private void remove() throws IOException, InterruptedException {
    if (process.isAlive()) {
      try {
        runtime.kill(bundle.id(), "KILL");
      } catch (IOException e) {
        // Gone meanwhile; if it is not, deleting it says why.
      }
    }
    if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    runtime.delete(bundle.id());
    awaitReaders();
  }

  /** Removes whatever is left; for every way out of a run. */
  @Override
  public void close() throws IOException {
    watch.close();
    boolean interrupted = Thread.interrupted();
    try {
      // A container that is being made has no name yet by which it could be killed.
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
      while (process.isAlive() && !Files.exists(processFile) && System.nanoTime() < end) {
        process.waitFor(START_POLL_MILLIS, TimeUnit.MILLISECONDS);
      }
      remove();
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      process.destroyForcibly();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
