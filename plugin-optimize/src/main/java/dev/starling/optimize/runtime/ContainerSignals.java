package dev.starling.optimize.runtime;

import dev.starling.optimize.bundle.Bundle;
import dev.starling.optimize.process.HostSignals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Signals for a container's first process. The kernel keeps those from it that it does not handle,
 * since it is the first of its process namespace; their usual meaning is given them here.
 * Thread-safe.
 */
public final class ContainerSignals {

  private static final String KILL = "KILL";
  private static final int HEX = 16;

  private final OciRuntime runtime;
  private final Bundle bundle;

  /**
   * @param bundle that the runtime runs, or is going to
   */
  public ContainerSignals(OciRuntime runtime, Bundle bundle) {
    this.runtime = runtime;
    this.bundle = bundle;
  }

  /** What came of a signal. */
  public enum Effect {
    /** There is no process yet, or the runtime has not named it yet. */
    NONE,
    /** The process handles or ignores it. */
    DELIVERED,
    /** The process did not handle it and was killed. */
    KILLED
  }

  /**
   * Sends a signal.
   *
   * @throws IOException if the runtime cannot, as when the container is gone
   */
  public Effect send(HostSignals.Name signal) throws IOException {
    Path process = process();
    if (process == null) {
      return Effect.NONE;
    }
    if (isHandled(process, signal.number())) {
      runtime.kill(bundle.id(), signal.name());
      return Effect.DELIVERED;
    }
    kill();
    return Effect.KILLED;
  }

  /**
   * Kills the process, and with it the container.
   *
   * @throws IOException if the runtime cannot, as when the container is gone
   */
  public void kill() throws IOException {
    runtime.kill(bundle.id(), KILL);
  }

  private @Nullable Path process() throws IOException {
    try {
      String number = Files.readString(ContainerRun.processFile(bundle)).strip();
      return number.isEmpty() ? null : Path.of("/proc", number);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static boolean isHandled(Path process, int signal) throws IOException {
    for (String line : Files.readAllLines(process.resolve("status"))) {
      if (line.startsWith("SigCgt:") || line.startsWith("SigIgn:")) {
        long mask = Long.parseUnsignedLong(line.substring(line.indexOf(':') + 1).strip(), HEX);
        if ((mask >>> (signal - 1) & 1) != 0) {
          return true;
        }
      }
    }
    return false;
  }
}
