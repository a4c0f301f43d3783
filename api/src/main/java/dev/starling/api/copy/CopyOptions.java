package dev.starling.api.copy;

import dev.starling.api.job.Cancellation;
import dev.starling.api.job.Log;
import dev.starling.api.job.Progress;
import org.jspecify.annotations.Nullable;

/**
 * How an image is copied.
 *
 * @param name what the image is called in messages, for example its reference
 * @param platforms which of an index's images are copied
 * @param index what becomes of an index of which not all images are copied
 * @param parallelism how many blobs move at once, 1 or more
 * @param mountFrom a repository of the sink's registry that has the blobs, or null
 * @param moving the state shown while a blob's bytes move: DOWNLOADING or PUSHING
 * @param progress hears of each layer
 * @param log hears of a narrowed index
 * @param cancellation ends the copy
 */
public record CopyOptions(
    String name,
    PlatformSelection platforms,
    IncompleteIndex index,
    int parallelism,
    @Nullable String mountFrom,
    Progress.State moving,
    Progress progress,
    Log log,
    Cancellation cancellation) {

  /** What becomes of an index of which not all images are copied. */
  public enum IncompleteIndex {
    /** Its bytes and digest stay; the sink keeps it without the others. For the local store. */
    KEEP,
    /** A new index lists what is copied, under another digest. For registries, which insist. */
    NARROW
  }

  /** Requires room for at least one transfer. */
  public CopyOptions {
    if (parallelism < 1) {
      throw new IllegalArgumentException("parallelism must be 1 or more, not " + parallelism);
    }
  }
}
