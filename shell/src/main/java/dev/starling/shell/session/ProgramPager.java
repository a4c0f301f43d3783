package dev.starling.shell.session;

import dev.starling.api.command.CommandException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The machine's pager: {@code $PAGER}, {@code less} or {@code more}. It starts with the text. */
public final class ProgramPager extends OutputStream {

  private @Nullable Process process;
  private boolean ended;

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (ended) {
      return;
    }
    Process running = process;
    if (running == null) {
      running = start();
      process = running;
    }
    try {
      running.getOutputStream().write(bytes, offset, length);
    } catch (IOException e) {
      ended = true; // its reader has seen enough
    }
  }

  private static Process start() throws IOException {
    String own = System.getenv("PAGER");
    List<String> programs =
        own == null || own.isBlank() ? List.of("less -R", "more") : List.of(own, "less -R", "more");
    IOException failure = new IOException("none is there");
    for (String program : programs) {
      try {
        return new ProcessBuilder(program.strip().split("\\s+"))
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
      } catch (IOException e) {
        failure = e;
      }
    }
    throw new CommandException(
        "no pager can be started: install less or name one in PAGER; '| head' shows the beginning",
        failure);
  }

  @Override
  public void close() {
    Process running = process;
    if (running == null) {
      return;
    }
    try {
      running.getOutputStream().close();
    } catch (IOException e) {
      // it has ended already
    }
    boolean interrupted = false;
    while (true) {
      try {
        running.waitFor();
        break;
      } catch (InterruptedException e) {
        interrupted = true; // Ctrl-C is the pager's own matter
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
