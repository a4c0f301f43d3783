package dev.starling.optimize;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the first MiB of what is written. Thread-safe. */
final class BoundedOutput extends OutputStream {

  private static final int LIMIT = 1 << 20;

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    kept.write(bytes, offset, Math.min(length, LIMIT - kept.size()));
  }

  synchronized String text() {
    return kept.toString(StandardCharsets.UTF_8);
  }
}
