package dev.starling.api.image;

/**
 * A media type as manifests name it. The vocabulary is open: an unknown type is an ordinary value.
 *
 * @param value the type, for example {@code application/vnd.oci.image.manifest.v1+json}
 */
public record MediaType(String value) {

  public static final MediaType OCI_INDEX =
      new MediaType("application/vnd.oci.image.index.v1+json");
  public static final MediaType OCI_MANIFEST =
      new MediaType("application/vnd.oci.image.manifest.v1+json");
  public static final MediaType OCI_CONFIG =
      new MediaType("application/vnd.oci.image.config.v1+json");
  public static final MediaType OCI_LAYER = new MediaType("application/vnd.oci.image.layer.v1.tar");
  public static final MediaType OCI_LAYER_GZIP =
      new MediaType("application/vnd.oci.image.layer.v1.tar+gzip");
  public static final MediaType OCI_LAYER_ZSTD =
      new MediaType("application/vnd.oci.image.layer.v1.tar+zstd");
  public static final MediaType DOCKER_MANIFEST_LIST =
      new MediaType("application/vnd.docker.distribution.manifest.list.v2+json");
  public static final MediaType DOCKER_MANIFEST =
      new MediaType("application/vnd.docker.distribution.manifest.v2+json");
  public static final MediaType DOCKER_CONFIG =
      new MediaType("application/vnd.docker.container.image.v1+json");
  public static final MediaType DOCKER_LAYER =
      new MediaType("application/vnd.docker.image.rootfs.diff.tar");
  public static final MediaType DOCKER_LAYER_GZIP =
      new MediaType("application/vnd.docker.image.rootfs.diff.tar.gzip");

  /** Bytes of which nothing more is known. */
  public static final MediaType OCTET_STREAM = new MediaType("application/octet-stream");

  private static final String OCI_LAYER_PREFIX = "application/vnd.oci.image.layer.";
  private static final String DOCKER_LAYER_PREFIX = "application/vnd.docker.image.rootfs.";

  /** Requires a name that is not blank. */
  public MediaType {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a media type must not be empty");
    }
  }

  /** Whether this is an OCI index or a Docker manifest list. */
  public boolean isIndex() {
    return equals(OCI_INDEX) || equals(DOCKER_MANIFEST_LIST);
  }

  /** Whether this is an OCI or Docker image manifest. */
  public boolean isManifest() {
    return equals(OCI_MANIFEST) || equals(DOCKER_MANIFEST);
  }

  /** Whether this is a file-system layer, in whatever compression. */
  public boolean isLayer() {
    return value.startsWith(OCI_LAYER_PREFIX) || value.startsWith(DOCKER_LAYER_PREFIX);
  }

  /** Whether this is one of Docker's own types, which OCI's later replaced. */
  public boolean isDocker() {
    return value.startsWith("application/vnd.docker.");
  }

  @Override
  public String toString() {
    return value;
  }
}
