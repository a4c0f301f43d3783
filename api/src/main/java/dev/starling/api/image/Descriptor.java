package dev.starling.api.image;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Names a blob: what it is, how long it is and what it hashes to.
 *
 * @param mediaType the blob's type
 * @param digest the digest of the blob's bytes
 * @param size the blob's length in bytes, 0 or more
 * @param urls other places of the blob, may be empty
 * @param annotations sorted by key
 * @param data the blob itself in base64, or null
 * @param platform only in an index, else null
 * @param artifactType the artifact's type, or null
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/descriptor.md">OCI
 *     descriptor</a>
 */
public record Descriptor(
    MediaType mediaType,
    Digest digest,
    long size,
    List<String> urls,
    SortedMap<String, String> annotations,
    @Nullable String data,
    @Nullable Platform platform,
    @Nullable String artifactType) {

  /** Requires a size of 0 or more, and takes copies. */
  public Descriptor {
    if (size < 0) {
      throw new IllegalArgumentException("blob " + digest + " has the negative size " + size);
    }
    urls = List.copyOf(urls);
    annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
  }

  /** A descriptor of the three mandatory fields. */
  public static Descriptor of(MediaType mediaType, Digest digest, long size) {
    return new Descriptor(mediaType, digest, size, List.of(), new TreeMap<>(), null, null, null);
  }

  /** The same but for the media type. */
  public Descriptor withMediaType(MediaType newType) {
    return new Descriptor(newType, digest, size, urls, annotations, data, platform, artifactType);
  }

  /** The same for other content: embedded data of the old content is dropped. */
  public Descriptor withContent(Digest newDigest, long newSize) {
    return new Descriptor(
        mediaType, newDigest, newSize, urls, annotations, null, platform, artifactType);
  }

  /** The same with these annotations and no others. */
  public Descriptor withAnnotations(Map<String, String> newAnnotations) {
    return new Descriptor(
        mediaType, digest, size, urls, new TreeMap<>(newAnnotations), data, platform, artifactType);
  }

  /** The same but for the platform. */
  public Descriptor withPlatform(@Nullable Platform newPlatform) {
    return new Descriptor(
        mediaType, digest, size, urls, annotations, data, newPlatform, artifactType);
  }
}
