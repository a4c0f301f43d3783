package dev.starling.api.estargz;

/** The keys that a layer's descriptor carries once the layer is lazily readable. */
public final class EstargzAnnotations {

  /** The SHA-256 digest of the layer's TOC JSON: what a lazy reader verifies everything against. */
  public static final String TOC_DIGEST = "containerd.io/snapshot/stargz/toc.digest";

  /** The layer's length in bytes once decompressed, in decimal. */
  public static final String UNCOMPRESSED_SIZE = "io.containers.estargz.uncompressed-size";

  /** zstd:chunked only: the digest of the compressed TOC. Stale on a gzip layer. */
  public static final String ZSTD_MANIFEST_CHECKSUM =
      "io.containers.zstd-chunked.manifest-checksum";

  /** zstd:chunked only: where the TOC lies. Stale on a gzip layer. */
  public static final String ZSTD_MANIFEST_POSITION =
      "io.containers.zstd-chunked.manifest-position";

  /** Podman's spelling of {@link #ZSTD_MANIFEST_CHECKSUM}. */
  public static final String PODMAN_ZSTD_MANIFEST_CHECKSUM =
      "io.github.containers.zstd-chunked.manifest-checksum";

  /** Podman's spelling of {@link #ZSTD_MANIFEST_POSITION}. */
  public static final String PODMAN_ZSTD_MANIFEST_POSITION =
      "io.github.containers.zstd-chunked.manifest-position";

  private EstargzAnnotations() {}
}
