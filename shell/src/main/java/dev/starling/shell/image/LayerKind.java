package dev.starling.shell.image;

import dev.starling.api.estargz.EstargzAnnotations;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import org.jspecify.annotations.Nullable;

/** What a layer is, as far as its descriptor tells. */
public enum LayerKind {
  /** Gzip with a TOC: lazily readable. */
  ESTARGZ,
  /** Zstd with a TOC: lazily readable. */
  ZSTD_CHUNKED,
  /** Gzip without a TOC. */
  GZIP,
  /** Zstd without a TOC. */
  ZSTD,
  /** Not compressed. */
  TAR,
  /** Not a file-system layer. */
  OTHER;

  /** The kind of this layer. */
  static LayerKind of(Descriptor layer) {
    String type = layer.mediaType().value();
    if (!layer.mediaType().isLayer()) {
      return OTHER;
    }
    if (type.endsWith("zstd")) {
      return isZstdChunked(layer) ? ZSTD_CHUNKED : ZSTD;
    }
    if (type.endsWith("gzip")) {
      return layer.annotations().containsKey(EstargzAnnotations.TOC_DIGEST) ? ESTARGZ : GZIP;
    }
    return TAR;
  }

  private static boolean isZstdChunked(Descriptor layer) {
    return layer.annotations().containsKey(EstargzAnnotations.ZSTD_MANIFEST_CHECKSUM)
        || layer.annotations().containsKey(EstargzAnnotations.PODMAN_ZSTD_MANIFEST_CHECKSUM);
  }

  /** The digest of the layer's TOC as its descriptor claims it, or null. */
  static @Nullable Digest tocDigest(Descriptor layer) {
    String claimed = layer.annotations().get(EstargzAnnotations.TOC_DIGEST);
    if (claimed == null) {
      return null;
    }
    try {
      return Digest.parse(claimed);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Whether files can be read before all of the layer is there. */
  public boolean lazy() {
    return this == ESTARGZ || this == ZSTD_CHUNKED;
  }

  /** For people. */
  public String label() {
    return switch (this) {
      case ESTARGZ -> "estargz";
      case ZSTD_CHUNKED -> "zstd:chunked";
      case GZIP -> "gzip";
      case ZSTD -> "zstd";
      case TAR -> "tar";
      case OTHER -> "other";
    };
  }
}
