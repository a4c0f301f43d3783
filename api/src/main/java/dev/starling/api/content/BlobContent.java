package dev.starling.api.content;

import java.io.IOException;
import java.io.InputStream;

/** A blob's bytes, to be read from the start or, after a broken transfer, from further on. */
@FunctionalInterface
public interface BlobContent {

  /**
   * Opens the bytes from {@code offset} to the end.
   *
   * @param offset 0 to the blob's size, in bytes
   * @return a stream that the caller closes
   */
  InputStream open(long offset) throws IOException;
}
