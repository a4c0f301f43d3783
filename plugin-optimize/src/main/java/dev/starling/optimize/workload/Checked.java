package dev.starling.optimize.workload;

import dev.starling.api.command.UsageException;
import java.util.function.Function;

/** Turns what a value says is wrong with it into wrong usage of the flag it came from. */
final class Checked {

  private Checked() {}

  static <A, R> R value(String flag, A argument, Function<A, R> make) {
    try {
      return make.apply(argument);
    } catch (IllegalArgumentException e) {
      throw new UsageException(flag + ": " + e.getMessage());
    }
  }
}
