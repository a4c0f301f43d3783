package dev.starling.optimize.runtime;

import dev.starling.api.command.CommandException;
import dev.starling.optimize.bundle.RuntimeSpec.ConsoleSize;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The terminal of this process while a container has it. The runtime puts it into raw mode and back
 * again, unless it is killed; closing this brings it back in any case.
 *
 * @param settings in {@code stty}'s form
 */
public record HostTerminal(String settings) implements Closeable {

  private static final long SECONDS = 10;
  private static final int MAX_SETTINGS = 4096;
  private static final Pattern SIZE = Pattern.compile("(\\d{1,5}) (\\d{1,5})");

  /**
   * Takes note of how the terminal is set.
   *
   * @throws CommandException if standard input is no terminal
   */
  public static HostTerminal take() throws IOException {
    String settings = stty("-g");
    if (settings.isEmpty()) {
      throw new CommandException(
          "-t needs a terminal, but standard input is none; leave -t out, and use -i if the"
              + " container is to read standard input");
    }
    return new HostTerminal(settings);
  }

  /**
   * How large the terminal is.
   *
   * @return null if standard input is none, or it does not know
   */
  public static @Nullable ConsoleSize size() throws IOException {
    Matcher size = SIZE.matcher(stty("size"));
    if (!size.matches()) {
      return null;
    }
    int rows = Integer.parseInt(size.group(1));
    int columns = Integer.parseInt(size.group(2));
    return rows == 0 || columns == 0 ? null : new ConsoleSize(rows, columns);
  }

  @Override
  public void close() throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      stty(settings);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What it prints; nothing if standard input is no terminal. */
  private static String stty(String argument) throws IOException {
    Process process =
        new ProcessBuilder("stty", argument)
            .redirectInput(Redirect.INHERIT)
            .redirectError(Redirect.DISCARD)
            .start();
    try {
      String output =
          new String(process.getInputStream().readNBytes(MAX_SETTINGS), StandardCharsets.US_ASCII);
      boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
      return ended && process.exitValue() == 0 ? output.strip() : "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    } finally {
      process.destroyForcibly();
    }
  }
}
