package dev.starling.api.reference;

import dev.starling.api.image.Digest;
import org.jspecify.annotations.Nullable;

/**
 * An image in a registry.
 *
 * @param scheme what was written in front: {@code http}, {@code https} or null for nothing
 * @param host the registry's host with its port if one was written, for example {@code
 *     127.0.0.1:5000}
 * @param repository the repository's path, for example {@code library/busybox}
 * @param tag the tag, or null if there is only a digest
 * @param digest the digest, or null
 */
public record RegistryReference(
    @Nullable String scheme,
    String host,
    String repository,
    @Nullable String tag,
    @Nullable Digest digest)
    implements Reference {

  @Override
  public boolean hasScheme() {
    return scheme != null;
  }

  /** Whether {@code http://} was written in front. */
  public boolean isHttp() {
    return "http".equals(scheme);
  }

  /** {@code host/repository}. */
  public String name() {
    return host + "/" + repository;
  }

  /** {@code host/repository[:tag][@digest]} without a scheme: the key in the local image store. */
  public String canonical() {
    return name() + (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
  }

  @Override
  public RegistryReference withTag(String newTag) {
    return new RegistryReference(
        scheme, host, repository, ReferenceParser.requireTag(newTag), null);
  }

  @Override
  public RegistryReference withDigest(Digest newDigest) {
    return new RegistryReference(scheme, host, repository, null, newDigest);
  }

  @Override
  public String toString() {
    return (scheme == null ? "" : scheme + "://") + canonical();
  }
}
