package dev.starling.optimize.runtime;

import dev.starling.optimize.workload.StopRule;
import java.util.List;

/** How a container's run came to its end. */
public sealed interface RunOutcome {

  /** What it wrote last, at most 20 lines. Empty when its streams were not looked at. */
  List<String> lastLines();

  /**
   * Its process ended by itself.
   *
   * @param exitCode 128 + n when signal n ended it
   * @param lastLines what it wrote last
   */
  record Ended(int exitCode, List<String> lastLines) implements RunOutcome {}

  /**
   * A rule held, and it was ended.
   *
   * @param rule the first that held
   * @param lastLines what it wrote last
   */
  record Stopped(StopRule rule, List<String> lastLines) implements RunOutcome {}
}
