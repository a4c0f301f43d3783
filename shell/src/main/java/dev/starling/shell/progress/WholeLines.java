package dev.starling.shell.progress;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.function.Consumer;

/**
 * Passes text on by whole lines, each time with a word to whoever paints on the same screen. What
 * follows the last newline is kept until there is one, or until it is flushed. Thread-safe.
 */
public final class WholeLines extends Writer {

  private final PrintWriter target;
  private final Consumer<Runnable> beside;
  private final StringBuilder open = new StringBuilder();

  /**
   * @param target where the lines go; not closed
   * @param beside runs what prints, when there is room for it
   */
  public WholeLines(PrintWriter target, Consumer<Runnable> beside) {
    this.target = target;
    this.beside = beside;
  }

  @Override
  public void write(char[] text, int offset, int length) {
    String lines;
    synchronized (open) {
      open.append(text, offset, length);
      int end = open.lastIndexOf("\n") + 1;
      lines = open.substring(0, end);
      open.delete(0, end);
    }
    print(lines);
  }

  @Override
  public void flush() {
    String rest;
    synchronized (open) {
      rest = open.toString();
      open.setLength(0);
    }
    print(rest);
  }

  private void print(String text) {
    if (!text.isEmpty()) {
      beside.accept(() -> {
        target.print(text);
        target.flush();
      });
    }
  }

  @Override
  public void close() {
    flush();
  }
}
