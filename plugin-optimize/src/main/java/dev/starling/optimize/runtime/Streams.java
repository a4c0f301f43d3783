package dev.starling.optimize.runtime;

import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Where a container's standard streams go. */
public sealed interface Streams {

  /**
   * The caller's own, terminal included. What is written is not looked at, so a rule that waits for
   * a line does not hold.
   */
  record Inherited() implements Streams {}

  /**
   * Looked at, kept as last lines and passed on.
   *
   * @param out gets the standard output as it comes, or null; used by one thread
   * @param err gets the standard error as it comes, or null; used by one thread
   * @param input whether the process reads the caller's standard input; otherwise it is empty
   */
  record Watched(@Nullable OutputStream out, @Nullable OutputStream err, boolean input)
      implements Streams {}
}
