package dev.starling.api.estargz;

import dev.starling.api.image.Digest;

/**
 * Where a zstd:chunked layer keeps its TOC, for its descriptor's annotations.
 *
 * @param checksum the digest of the compressed TOC, for {@link
 *     EstargzAnnotations#ZSTD_MANIFEST_CHECKSUM}
 * @param offset where the TOC's zstd frame begins in the layer, in bytes
 * @param compressedSize the frame's length in bytes
 * @param size the length in bytes of the TOC JSON
 */
public record ZstdManifest(Digest checksum, long offset, long compressedSize, long size) {

  /** The value of {@link EstargzAnnotations#ZSTD_MANIFEST_POSITION}. */
  public String position() {
    return offset + ":" + compressedSize + ":" + size + ":" + ZstdFormat.MANIFEST_TYPE;
  }
}
