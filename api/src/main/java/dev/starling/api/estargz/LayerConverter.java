package dev.starling.api.estargz;

import dev.starling.api.content.BlobContent;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** Rewrites any layer (plain tar, gzip or zstd, told apart by its first bytes) as eStargz. */
public final class LayerConverter {

  private LayerConverter() {}

  /**
   * Converts a layer. The same content and options give the same bytes, whatever the number of
   * workers. Uses all the workers for this one layer: converting several at once gains nothing.
   * Memory does not depend on the layer's size, but for the names of its files. Interrupting the
   * calling thread ends it.
   *
   * @param source the layer; opened at 0, and once more if it holds a path twice
   * @param target the file to write, replaced if it exists, deleted on failure
   * @param spoolFolder where the inflated layer is kept meanwhile if files are prioritized
   * @param uncompressedProgress told how many more bytes of the layer's tar were read, on the
   *     calling thread, about once a megabyte
   * @throws dev.starling.api.content.CorruptContentException if the source is not a layer
   * @throws InterruptedIOException if the calling thread was interrupted
   * @throws IOException if a prioritized file is missing and that is not allowed
   */
  public static ConvertedLayer convert(
      BlobContent source,
      Path target,
      EstargzOptions options,
      Path spoolFolder,
      LongConsumer uncompressedProgress)
      throws IOException {
    Conversion conversion = new Conversion(source, target, options, uncompressedProgress);
    boolean complete = false;
    try {
      ConvertedLayer layer =
          options.prioritized().isEmpty()
              ? conversion.stream()
              : conversion.prioritized(spoolFolder);
      complete = true;
      return layer;
    } catch (InterruptedException | ClosedByInterruptException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted =
          new InterruptedIOException("converting the layer was interrupted");
      interrupted.initCause(e);
      throw interrupted;
    } finally {
      if (!complete) {
        deleteFile(target);
      }
    }
  }

  /** Deletes what was written, but no device or pipe that a user named as the target. */
  private static void deleteFile(Path target) throws IOException {
    if (Files.isRegularFile(target)) {
      Files.deleteIfExists(target);
    }
  }
}
