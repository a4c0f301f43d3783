package dev.starling.api.estargz;

import dev.starling.api.tar.TarCursor;
import dev.starling.api.tar.TarEntry;
import org.jspecify.annotations.Nullable;

/** The content of landmarks, any number of times. */
final class LandmarkCursor implements TarCursor {

  @Override
  public @Nullable TarEntry next() {
    return null;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) {
    buffer[offset] = GzipFormat.LANDMARK_CONTENT[0];
    return 1;
  }
}
