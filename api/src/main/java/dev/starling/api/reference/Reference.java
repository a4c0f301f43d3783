package dev.starling.api.reference;

import dev.starling.api.image.Digest;
import org.jspecify.annotations.Nullable;

/** The name of an image: in a registry or in a local OCI layout. Immutable. */
public sealed interface Reference permits RegistryReference, LayoutReference {

  /**
   * Reads a reference: {@code [http://|https://]host/repo[:tag][@digest]}, short Docker Hub names
   * such as {@code busybox}, {@code local:///dir[:tag]} and its synonym {@code oci:}.
   *
   * @throws InvalidReferenceException if the text is none of these
   */
  static Reference parse(String text) {
    return ReferenceParser.parse(text);
  }

  /** The tag, or null if there is only a digest. */
  @Nullable String tag();

  /** The digest, or null. */
  @Nullable Digest digest();

  /** The digest if there is one, else the tag: what selects the manifest in its repository. */
  default String selector() {
    Digest digest = digest();
    if (digest != null) {
      return digest.toString();
    }
    String tag = tag();
    return tag == null ? "latest" : tag;
  }

  /** Whether a scheme was written, so that the reference names that place and no other. */
  boolean hasScheme();

  /** The same place, another tag and no digest. */
  Reference withTag(String tag);

  /** The same place by digest, without a tag. */
  Reference withDigest(Digest digest);
}
