package dev.starling.it;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Opens files so that reads go past the kernel's cache (O_DIRECT), and so to the daemon. */
final class DirectReads {

  /** What offsets, lengths and the addresses of buffers must be multiples of. */
  static final int BLOCK = 4096;

  private static final OpenOption DIRECT = direct();

  private DirectReads() {}

  /** Of the JDK, but not of its documented part. */
  private static OpenOption direct() {
    try {
      Object[] options = Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants();
      return (OpenOption)
          Arrays.stream(options)
              .filter(option -> option.toString().equals("DIRECT"))
              .findFirst()
              .orElseThrow();
    } catch (ClassNotFoundException e) {
      throw new AssertionError("this JDK cannot read past the kernel's cache", e);
    }
  }

  /** A file to be read by whole blocks. */
  static FileChannel open(Path file) throws IOException {
    try {
      return FileChannel.open(file, StandardOpenOption.READ, DIRECT);
    } catch (UnsupportedOperationException e) {
      // So it says that the file system did not answer.
      if (e.getCause() instanceof IOException cause) {
        throw new IOException(cause.getMessage(), e);
      }
      throw e;
    }
  }
}
