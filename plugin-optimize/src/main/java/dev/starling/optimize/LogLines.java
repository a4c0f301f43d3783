package dev.starling.optimize;

import dev.starling.api.job.Log;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Shows a program's output as lines of the log. Used by one thread. */
final class LogLines extends OutputStream {

  private static final int MAX_LENGTH = 4096;

  private final Log log;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  LogLines(Log log) {
    this.log = log;
  }

  @Override
  public void write(int octet) {
    if (octet == '\n') {
      show();
    } else if (octet != '\r' && line.size() < MAX_LENGTH) {
      line.write(octet);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      write(bytes[i]);
    }
  }

  private void show() {
    // What would move the cursor or change colours must not reach the terminal.
    log.info(line.toString(StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", ""));
    line.reset();
  }

  @Override
  public void close() {
    if (line.size() > 0) {
      show();
    }
  }
}
