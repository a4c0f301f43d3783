package dev.starling.optimize.runtime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * The last lines of what a container writes, of both its outputs in the order they came. A line
 * longer than 4 KiB is cut. Thread-safe.
 */
final class OutputTail {

  private static final int MAX_LINES = 20;
  private static final int MAX_LENGTH = 4096;

  private final Deque<String> lines = new ArrayDeque<>();
  private final Consumer<String> listener;

  /**
   * @param listener is told of every line, on the thread that read it
   */
  OutputTail(Consumer<String> listener) {
    this.listener = listener;
  }

  /** The last lines, at most 20, the oldest first. */
  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  private void add(String line) {
    synchronized (this) {
      if (lines.size() == MAX_LINES) {
        lines.removeFirst();
      }
      lines.addLast(line);
    }
    listener.accept(line);
  }

  /** Cuts one stream into lines. Used by one thread. */
  final class Lines {
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean any;

    void write(byte[] bytes, int length) {
      for (int i = 0; i < length; i++) {
        if (bytes[i] == '\n') {
          end();
        } else {
          any = true;
          if (line.size() < MAX_LENGTH) {
            line.write(bytes[i]);
          }
        }
      }
    }

    /** Ends a last line that has no line feed; nothing happens without one. */
    void close() {
      if (any) {
        end();
      }
    }

    private void end() {
      String text = line.toString(StandardCharsets.UTF_8);
      line.reset();
      any = false;
      add(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }
  }
}
