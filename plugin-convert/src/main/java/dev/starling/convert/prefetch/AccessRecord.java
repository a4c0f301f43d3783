package dev.starling.convert.prefetch;

import dev.starling.api.image.Digest;
import org.jspecify.annotations.Nullable;

/**
 * One access to a file, as {@code ctr-remote optimize --record-out} writes it.
 *
 * @param path the file's path in its layer, 1 to {@link #MAX_PATH} characters
 * @param manifestDigest the manifest of the image it was seen in, or null if the record does not
 *     say
 * @param layerIndex which layer of the manifest the file is in, the base being 0, or null if the
 *     record does not say
 * @param sparse whether so little of a large file was read that fetching all of it would be a waste
 */
public record AccessRecord(
    String path, @Nullable Digest manifestDigest, @Nullable Integer layerIndex, boolean sparse) {

  /** Linux has no longer paths. */
  public static final int MAX_PATH = 4096;

  /**
   * @throws IllegalArgumentException if the path is empty, too long or holds a NUL, or the layer is
   *     negative
   */
  public AccessRecord {
    if (path.isEmpty() || path.length() > MAX_PATH || path.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "its path has "
              + path.length()
              + " characters; expected 1 to "
              + MAX_PATH
              + " and no NUL among them");
    }
    if (layerIndex != null && layerIndex < 0) {
      throw new IllegalArgumentException(
          "its layerIndex is " + layerIndex + "; expected 0 or more");
    }
  }
}
