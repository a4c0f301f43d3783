package dev.starling.optimize.workload;

import java.time.Duration;

/**
 * When a container has run long enough. The end of its process always ends it; of the rules that
 * are given beside that, the first that holds.
 */
public sealed interface StopRule {

  /** So much time has passed since the process was started. */
  record Period(Duration duration) implements StopRule {
    public Period {
      if (!duration.isPositive()) {
        throw new IllegalArgumentException("a period must be longer than nothing: " + duration);
      }
    }
  }

  /** A line of its standard output or error contains the text. */
  record Line(String text) implements StopRule {
    public Line {
      if (text.isEmpty()) {
        throw new IllegalArgumentException("no text to wait for");
      }
    }
  }

  /** The user says so, by Ctrl-C or SIGTERM. */
  record Signal() implements StopRule {}

  /** A process in the container accepts TCP connections on the port. */
  record Port(int number) implements StopRule {
    public Port {
      if (number < 1 || number > 65535) {
        throw new IllegalArgumentException("not a port, 1 to 65535: " + number);
      }
    }
  }
}
