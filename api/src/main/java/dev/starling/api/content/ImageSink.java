package dev.starling.api.content;

import dev.starling.api.image.Descriptor;
import dev.starling.api.image.RawManifest;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One repository that images are written to, in the order blobs, config, manifest, index, so that
 * whatever is visible is complete. Thread-safe; closing it ends the transfers under way.
 */
public interface ImageSink extends Closeable {

  /** What became of a blob. */
  enum Outcome {
    /** The blob was there already; nothing was sent. */
    EXISTS,
    /** The registry linked the blob from another of its repositories; nothing was sent. */
    MOUNTED,
    /** The blob was written. */
    WRITTEN
  }

  /** Whether the blob is there already. */
  boolean hasBlob(Descriptor blob) throws IOException;

  /**
   * Writes a blob unless it is there. Size and digest are verified while it is written; a blob that
   * does not match is never visible.
   *
   * @param mountFrom a repository of the same registry that has the blob, or null
   * @throws CorruptContentException if the content is not the descriptor's
   */
  Outcome putBlob(Descriptor blob, BlobContent content, @Nullable String mountFrom)
      throws IOException;

  /**
   * Writes a blob that lies in a file. A sink on this machine may take the file over as it is, so
   * the caller must have hashed it while writing it, and must not write to it any more; deleting it
   * is fine.
   *
   * @param file the whole blob
   */
  default Outcome putFile(Descriptor blob, Path file) throws IOException {
    return putBlob(
        blob,
        offset -> {
          InputStream in = Files.newInputStream(file);
          in.skipNBytes(offset);
          return in;
        },
        null);
  }

  /**
   * Writes a manifest or index whose blobs (or manifests) are there.
   *
   * @param tag the tag to give it, or null for the digest only
   */
  void putManifest(RawManifest manifest, @Nullable String tag) throws IOException;
}
