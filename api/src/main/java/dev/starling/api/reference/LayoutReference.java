package dev.starling.api.reference;

import dev.starling.api.image.Digest;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An image in a directory in OCI image layout, selected by its {@code
 * org.opencontainers.image.ref.name} annotation or by digest.
 *
 * @param directory the layout's directory
 * @param tag the reference name, or null if there is only a digest
 * @param digest the digest, or null
 */
public record LayoutReference(Path directory, @Nullable String tag, @Nullable Digest digest)
    implements Reference {

  @Override
  public boolean hasScheme() {
    return true;
  }

  @Override
  public LayoutReference withTag(String newTag) {
    return new LayoutReference(directory, ReferenceParser.requireTag(newTag), null);
  }

  @Override
  public LayoutReference withDigest(Digest newDigest) {
    return new LayoutReference(directory, null, newDigest);
  }

  @Override
  public String toString() {
    return "local://"
        + directory
        + (tag == null ? "" : ":" + tag)
        + (digest == null ? "" : "@" + digest);
  }
}
