package dev.starling.api.image;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An image index (Docker: manifest list): one image for several platforms.
 *
 * @param mediaType the index's own type
 * @param artifactType the artifact's type, or null
 * @param manifests what the index lists, in order
 * @param subject the manifest this one refers to, or null
 * @param annotations sorted by key
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-index.md">OCI
 *     index</a>
 */
public record Index(
    MediaType mediaType,
    @Nullable String artifactType,
    List<Descriptor> manifests,
    @Nullable Descriptor subject,
    SortedMap<String, String> annotations) {

  /** Takes copies of list and map. */
  public Index {
    manifests = List.copyOf(manifests);
    annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
  }

  /**
   * Reads the index's bytes.
   *
   * @throws InvalidImageException if they are no index
   */
  public static Index parse(RawManifest raw) throws InvalidImageException {
    return ManifestJson.readIndex(raw);
  }

  /** The compact JSON form, keys in the specification's order. */
  public RawManifest toRaw() {
    return new RawManifest(mediaType, ManifestJson.write(this));
  }

  /** The same with these entries. */
  public Index withManifests(List<Descriptor> newManifests) {
    return new Index(mediaType, artifactType, newManifests, subject, annotations);
  }

  /** The same under another media type. */
  public Index withMediaType(MediaType newType) {
    return new Index(newType, artifactType, manifests, subject, annotations);
  }
}
