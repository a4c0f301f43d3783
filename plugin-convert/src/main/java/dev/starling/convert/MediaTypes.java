package dev.starling.convert;

import dev.starling.api.image.MediaType;
import java.util.Map;

/** How media types change when an image is converted. */
final class MediaTypes {

  private static final String DOCKER_FOREIGN =
      "application/vnd.docker.image.rootfs.foreign.diff.tar";
  private static final String OCI_FOREIGN =
      "application/vnd.oci.image.layer.nondistributable.v1.tar";

  private static final Map<MediaType, MediaType> TO_OCI =
      Map.of(
          MediaType.DOCKER_MANIFEST_LIST,
          MediaType.OCI_INDEX,
          MediaType.DOCKER_MANIFEST,
          MediaType.OCI_MANIFEST,
          MediaType.DOCKER_CONFIG,
          MediaType.OCI_CONFIG,
          MediaType.DOCKER_LAYER,
          MediaType.OCI_LAYER,
          MediaType.DOCKER_LAYER_GZIP,
          MediaType.OCI_LAYER_GZIP,
          new MediaType(DOCKER_FOREIGN),
          new MediaType(OCI_FOREIGN),
          new MediaType(DOCKER_FOREIGN + ".gzip"),
          new MediaType(OCI_FOREIGN + "+gzip"));

  private MediaTypes() {}

  /** OCI's counterpart of a Docker type; any other type as it is. */
  static MediaType toOci(MediaType type) {
    return TO_OCI.getOrDefault(type, type);
  }

  /** OCI's type of the same layer compressed with zstd; Docker has none. */
  static MediaType zstd(MediaType layer) {
    String value = toOci(layer).value();
    int suffix = value.lastIndexOf('+');
    return new MediaType((suffix < 0 ? value : value.substring(0, suffix)) + "+zstd");
  }

  /** The type of the same layer without compression. */
  static MediaType uncompressed(MediaType layer) {
    return new MediaType(layer.value().replaceFirst("([+.]gzip|\\+zstd)$", ""));
  }

  /** The type of the same layer compressed with gzip. */
  static MediaType gzipped(MediaType layer) {
    String value = layer.value();
    if (value.endsWith("+gzip") || value.endsWith(".gzip")) {
      return layer;
    }
    if (value.endsWith("+zstd")) {
      return new MediaType(value.substring(0, value.length() - "zstd".length()) + "gzip");
    }
    return new MediaType(value + (layer.isDocker() ? ".gzip" : "+gzip"));
  }
}
