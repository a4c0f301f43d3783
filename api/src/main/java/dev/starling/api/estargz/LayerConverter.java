package dev.starling.api.estargz;

import dev.starling.api.content.BlobContent;
import dev.starling.api.image.Digest;
import dev.starling.api.tar.Decompression;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Rewrites any layer (plain tar, gzip or zstd, told apart by its first bytes) as eStargz, as
 * zstd:chunked or as a plain tar.
 */
public final class LayerConverter {

  private static final int BUFFER = 128 << 10;

  private LayerConverter() {}

  /**
   * Converts a layer. The same content and options give the same bytes, whatever the number of
   * workers. Uses all the workers for this one layer: converting several at once gains nothing.
   * Memory does not depend on the layer's size, but for the names of its files. Interrupting the
   * calling thread ends it.
   *
   * @param source the layer; opened at 0, and once more if it holds a path twice
   * @param target the file to write, replaced if it exists, deleted on failure; likewise {@link
   *     #tocFile} if the TOC is external
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
      ConvertedLayer layer = run(conversion, options, spoolFolder);
      complete = true;
      return layer;
    } catch (InterruptedException | ClosedByInterruptException e) {
      throw interrupted(e);
    } finally {
      if (!complete) {
        deleteFile(target);
        deleteFile(tocFile(target));
      }
    }
  }

  private static ConvertedLayer run(Conversion conversion, EstargzOptions options, Path spoolFolder)
      throws IOException, InterruptedException {
    if (options.isLossless()) {
      return conversion.lossless();
    }
    return options.prioritized().isEmpty()
        ? conversion.stream()
        : conversion.prioritized(spoolFolder);
  }

  /** The file beside a layer's that an external TOC is written to. */
  public static Path tocFile(Path target) {
    return target.resolveSibling(target.getFileName() + ".toc");
  }

  /**
   * Turns a layer into a plain tar, the bytes that its diff ID is the digest of. Interrupting the
   * calling thread ends it.
   *
   * @param source the layer; opened at 0
   * @param target the file to write, replaced if it exists, deleted on failure
   * @param uncompressedProgress told how many more bytes were read
   * @return the tar; it has no TOC
   * @throws dev.starling.api.content.CorruptContentException if the source is damaged
   * @throws InterruptedIOException if the calling thread was interrupted
   */
  public static ConvertedLayer uncompress(
      BlobContent source, Path target, LongConsumer uncompressedProgress) throws IOException {
    boolean complete = false;
    try (InputStream tar = Decompression.open(source.open(0));
        SourceInput input = new SourceInput(tar, uncompressedProgress);
        TargetFile file = new TargetFile(target)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = input.read(buffer, 0, BUFFER); read >= 0; ) {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
        while (bytes.hasRemaining()) {
          file.write(bytes);
        }
        read = input.read(buffer, 0, BUFFER);
      }
      complete = true;
      Digest digest = input.digest();
      long size = input.length();
      return new ConvertedLayer(
          digest, size, digest, size, null, null, null, digest, List.of(), List.of(), List.of());
    } catch (ClosedByInterruptException e) {
      throw interrupted(e);
    } finally {
      if (!complete) {
        deleteFile(target);
      }
    }
  }

  private static InterruptedIOException interrupted(Exception cause) {
    Thread.currentThread().interrupt();
    InterruptedIOException interrupted =
        new InterruptedIOException("converting the layer was interrupted");
    interrupted.initCause(cause);
    return interrupted;
  }

  /** Deletes what was written, but no device or pipe that a user named as the target. */
  private static void deleteFile(Path target) throws IOException {
    if (Files.isRegularFile(target)) {
      Files.deleteIfExists(target);
    }
  }
}
