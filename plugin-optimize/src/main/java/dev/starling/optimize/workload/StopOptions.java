package dev.starling.optimize.workload;

import dev.starling.api.command.UsageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** When a container has run long enough; a picocli mixin. */
public final class StopOptions {

  private static final int DEFAULT_PERIOD = 10;

  @Option(
      names = "--period",
      paramLabel = "SECONDS",
      description =
          "Run the container for at most so long; 10 if unset, no limit with -t or another"
              + " condition.")
  private @Nullable Integer period;

  @Option(
      names = "--wait-on-line",
      paramLabel = "TEXT",
      description = "Run the container until a line of its output contains this text.")
  private @Nullable String line;

  @Option(
      names = "--wait-on-signal",
      description = "Run the container until Ctrl-C or SIGTERM, then go on.")
  private boolean signal;

  @Option(
      names = "--wait-on-port",
      paramLabel = "PORT",
      description = "Run the container until it accepts connections on this TCP port.")
  private @Nullable Integer port;

  /**
   * What ends the container beside the end of its process.
   *
   * @param terminal whether it has a terminal: then there is no default period
   * @throws UsageException if the options do not fit together
   */
  public List<StopRule> rules(boolean terminal) {
    if (terminal && signal) {
      throw new UsageException(
          "--wait-on-signal and -t exclude each other: Ctrl-C goes to the container's terminal");
    }
    if (terminal && line != null) {
      throw new UsageException(
          "--wait-on-line and -t exclude each other: what goes to a terminal is not looked at");
    }
    List<StopRule> rules = new ArrayList<>();
    if (line != null) {
      rules.add(Checked.value("--wait-on-line", line, StopRule.Line::new));
    }
    if (signal) {
      rules.add(new StopRule.Signal());
    }
    if (port != null) {
      rules.add(Checked.value("--wait-on-port", port, StopRule.Port::new));
    }
    if (period != null) {
      rules.add(Checked.value("--period", Duration.ofSeconds(period), StopRule.Period::new));
    } else if (rules.isEmpty() && !terminal) {
      rules.add(new StopRule.Period(Duration.ofSeconds(DEFAULT_PERIOD)));
    }
    return rules;
  }
}
