package dev.starling.shell.jobs;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Hands on what is written line by line; a last line without an end when it is closed. */
final class LineOutput extends OutputStream {

  private static final int LONGEST = 1 << 16;

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final Consumer<String> lines;

  LineOutput(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public synchronized void write(int b) {
    if (b == '\n' || line.size() >= LONGEST) {
      end();
    }
    if (b != '\n') {
      line.write(b);
    }
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      write(bytes[i]);
    }
  }

  private void end() {
    lines.accept(line.toString(StandardCharsets.UTF_8));
    line.reset();
  }

  @Override
  public synchronized void close() {
    if (line.size() > 0) {
      end();
    }
  }
}
