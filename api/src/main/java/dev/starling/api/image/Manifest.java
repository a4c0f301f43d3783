package dev.starling.api.image;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An image manifest: one config and its layers, base first.
 *
 * @param mediaType the manifest's own type
 * @param artifactType the artifact's type, or null
 * @param config the image configuration
 * @param layers the layers, the base first
 * @param subject the manifest this one refers to, or null
 * @param annotations sorted by key
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/manifest.md">OCI
 *     manifest</a>
 */
public record Manifest(
    MediaType mediaType,
    @Nullable String artifactType,
    Descriptor config,
    List<Descriptor> layers,
    @Nullable Descriptor subject,
    SortedMap<String, String> annotations) {

  /** Takes copies of list and map. */
  public Manifest {
    layers = List.copyOf(layers);
    annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
  }

  /**
   * Reads the manifest's bytes.
   *
   * @throws InvalidImageException if they are no image manifest
   */
  public static Manifest parse(RawManifest raw) throws InvalidImageException {
    return ManifestJson.readManifest(raw);
  }

  /**
   * The blobs that a manifest of any kind names: config, layers, and the blobs of an artifact's.
   *
   * @throws InvalidImageException if it is no JSON object or a descriptor is damaged
   */
  public static List<Descriptor> blobs(RawManifest raw) throws InvalidImageException {
    return ManifestJson.readBlobs(raw);
  }

  /** The compact JSON form, keys in the specification's order. */
  public RawManifest toRaw() {
    return new RawManifest(mediaType, ManifestJson.write(this));
  }

  /** The same with this config and these layers. */
  public Manifest withContent(Descriptor newConfig, List<Descriptor> newLayers) {
    return new Manifest(mediaType, artifactType, newConfig, newLayers, subject, annotations);
  }

  /** The same under another media type. */
  public Manifest withMediaType(MediaType newType) {
    return new Manifest(newType, artifactType, config, layers, subject, annotations);
  }
}
