package dev.starling.api.tar;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Goes through the entries of a layer in some order. Not thread-safe. */
public interface TarCursor {

  /**
   * The next entry, or null at the end. What was left of the last one's payload is skipped.
   *
   * @throws dev.starling.api.content.CorruptContentException if the tar is damaged
   */
  @Nullable TarEntry next() throws IOException;

  /**
   * Reads from the payload of the entry that {@link #next} returned last.
   *
   * @return the number of bytes read, at least 1 if {@code length} is, or -1 at the payload's end
   * @throws dev.starling.api.content.CorruptContentException if the tar ends before the payload
   */
  int read(byte[] buffer, int offset, int length) throws IOException;
}
