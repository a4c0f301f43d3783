package dev.starling.api.image;

import java.util.Arrays;

/**
 * A manifest or index as the bytes that arrived, with their media type. Everything else (the parsed
 * {@link Manifest} or {@link Index}, the digest) is derived from these bytes, which are never
 * written anew.
 */
public final class RawManifest {

  /** The largest manifest that is accepted, in bytes: 4 MiB, as the distribution spec suggests. */
  public static final int MAX_SIZE = 4 * 1024 * 1024;

  private final MediaType mediaType;
  private final byte[] bytes;
  private final Digest digest;

  /**
   * Takes a copy of the bytes.
   *
   * @throws IllegalArgumentException if there are more than {@link #MAX_SIZE}
   */
  public RawManifest(MediaType mediaType, byte[] bytes) {
    if (bytes.length > MAX_SIZE) {
      throw new IllegalArgumentException(
          "a manifest of " + bytes.length + " bytes is over the limit of " + MAX_SIZE);
    }
    this.mediaType = mediaType;
    this.bytes = bytes.clone();
    this.digest = Digest.sha256(bytes);
  }

  /** The type that it was served or stored with. */
  public MediaType mediaType() {
    return mediaType;
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The SHA-256 digest of the bytes. */
  public Digest digest() {
    return digest;
  }

  /** A descriptor of these bytes, without annotations or platform. */
  public Descriptor descriptor() {
    return Descriptor.of(mediaType, digest, bytes.length);
  }

  /** Whether this is an index (or manifest list) rather than a manifest. */
  public boolean isIndex() {
    return mediaType.isIndex();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawManifest that
        && mediaType.equals(that.mediaType)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return digest.hashCode();
  }

  @Override
  public String toString() {
    return mediaType + " " + digest;
  }
}
