package dev.starling.api.estargz;

import dev.starling.api.image.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a layer.
 *
 * @param digest the new blob's digest
 * @param size the new blob's length in bytes
 * @param diffId the digest of the new blob's decompressed bytes, for the image config
 * @param uncompressedSize the length of the new blob's decompressed bytes
 * @param tocDigest the digest of its TOC JSON, for {@link EstargzAnnotations#TOC_DIGEST}; null if
 *     it was uncompressed and so has none
 * @param zstdManifest where a zstd:chunked layer has its TOC; null for other formats
 * @param tocBlob the blob that an external TOC is in; null if there is none
 * @param sourceDiffId the digest of the source's decompressed bytes, as the source's config should
 *     have it
 * @param substituted the prioritized files that were found in another form, as they were given
 * @param missed the prioritized files that the layer does not have, as they were given, in order
 * @param warnings what a user should know: one line each, without a final period
 */
public record ConvertedLayer(
    Digest digest,
    long size,
    Digest diffId,
    long uncompressedSize,
    @Nullable Digest tocDigest,
    @Nullable ZstdManifest zstdManifest,
    @Nullable TocBlob tocBlob,
    Digest sourceDiffId,
    List<String> substituted,
    List<String> missed,
    List<String> warnings) {

  /** Takes copies of the lists. */
  public ConvertedLayer {
    substituted = List.copyOf(substituted);
    missed = List.copyOf(missed);
    warnings = List.copyOf(warnings);
  }
}
