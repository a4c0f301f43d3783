package dev.starling.shell.session;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Text that goes line by line to a next place. Not thread-safe. */
abstract class LineFilter extends OutputStream {

  /** A longer line is parted. */
  private static final int LONGEST = 1 << 20;

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final OutputStream next;

  LineFilter(OutputStream next) {
    this.next = next;
  }

  /** Takes a line without its end. */
  abstract void line(String text, OutputStream next) throws IOException;

  /** Takes the end of the text. */
  void end(OutputStream next) throws IOException {}

  static void print(String text, OutputStream next) throws IOException {
    next.write((text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void write(int b) throws IOException {
    if (b == '\n' || line.size() >= LONGEST) {
      endLine();
    }
    if (b != '\n') {
      line.write(b);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      write(bytes[i]);
    }
  }

  private void endLine() throws IOException {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    line(text, next);
  }

  @Override
  public void flush() throws IOException {
    next.flush();
  }

  @Override
  public void close() throws IOException {
    try (next) {
      if (line.size() > 0) {
        endLine();
      }
      end(next);
    }
  }
}
