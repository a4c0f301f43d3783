package dev.starling.convert;

import dev.starling.api.estargz.ConvertedLayer;
import dev.starling.api.estargz.EstargzAnnotations;
import dev.starling.api.estargz.ZstdManifest;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The annotations of a converted layer's descriptor. */
final class LayerAnnotations {

  /** What describes a lazily readable layer, in all spellings: wrong on any other. */
  private static final Set<String> STALE =
      Set.of(
          EstargzAnnotations.TOC_DIGEST,
          EstargzAnnotations.UNCOMPRESSED_SIZE,
          EstargzAnnotations.ZSTD_MANIFEST_CHECKSUM,
          EstargzAnnotations.ZSTD_MANIFEST_POSITION,
          EstargzAnnotations.PODMAN_ZSTD_MANIFEST_CHECKSUM,
          EstargzAnnotations.PODMAN_ZSTD_MANIFEST_POSITION);

  private LayerAnnotations() {}

  /**
   * The source's annotations with what describes the new layer. Podman's spelling is never written:
   * it promises a TOC with fields that this one lacks, and Podman refuses a layer that has it
   * together with the digest of the TOC.
   */
  static Map<String, String> of(Descriptor source, ConvertedLayer layer) {
    Map<String, String> annotations = new TreeMap<>(source.annotations());
    annotations.keySet().removeAll(STALE);
    Digest tocDigest = layer.tocDigest();
    if (tocDigest != null) {
      annotations.put(EstargzAnnotations.TOC_DIGEST, tocDigest.toString());
      annotations.put(
          EstargzAnnotations.UNCOMPRESSED_SIZE, Long.toString(layer.uncompressedSize()));
    }
    ZstdManifest manifest = layer.zstdManifest();
    if (manifest != null) {
      annotations.put(EstargzAnnotations.ZSTD_MANIFEST_CHECKSUM, manifest.checksum().toString());
      annotations.put(EstargzAnnotations.ZSTD_MANIFEST_POSITION, manifest.position());
    }
    return annotations;
  }
}
