package dev.starling.api.estargz;

import dev.starling.api.content.RandomAccessBlob;
import dev.starling.api.image.Digest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks a whole layer, lazily readable or not, and lists what is wrong. */
public final class LayerVerifier {

  private LayerVerifier() {}

  /**
   * What a layer's descriptor and config promise.
   *
   * @param digest the blob's digest
   * @param size the blob's length in bytes
   * @param diffId the digest of its decompressed bytes, or null to leave it unchecked
   * @param tocDigest the digest of its TOC, or null if the layer does not claim to be eStargz
   */
  public record Expected(
      Digest digest, long size, @Nullable Digest diffId, @Nullable Digest tocDigest) {}

  /**
   * One thing that is wrong.
   *
   * @param entry the file it concerns, or null if it is the blob as a whole
   * @param offset where in the blob, in bytes, or -1 if it has no place
   * @param message what is wrong, in one line that names neither
   */
  public record Problem(@Nullable String entry, long offset, String message) {
    @Override
    public String toString() {
      return (entry == null ? "" : entry + ": ")
          + message
          + (offset < 0 ? "" : " (at offset " + offset + ")");
    }
  }

  /**
   * Verifies the blob's digest and size, the diff ID, the TOC's digest, and the digests of every
   * chunk and file.
   *
   * @return the problems, none if the layer is sound; at most 100
   * @throws IOException if the blob cannot be read
   */
  @SuppressWarnings("DoNotCallSuggester")
  public static List<Problem> verify(RandomAccessBlob blob, Expected expected) throws IOException {
    throw new UnsupportedOperationException("landing within the hour");
  }
}
