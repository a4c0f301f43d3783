package dev.starling.api.registry;

import dev.starling.api.image.InvalidImageException;
import dev.starling.api.image.MediaType;
import dev.starling.api.internal.json.BoundedJson;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds out what a manifest is: from its Content-Type, else from its own mediaType, else from its
 * fields.
 */
final class ManifestType {

  /** Content types that say nothing. */
  private static final Set<String> VAGUE =
      Set.of("", "application/json", "application/octet-stream", "text/plain");

  private ManifestType() {}

  /**
   * @param what names the manifest in the error
   * @throws InvalidImageException if it is nothing that can be read
   */
  static MediaType of(@Nullable String contentType, byte[] bytes, String what)
      throws InvalidImageException {
    ObjectNode json = BoundedJson.object(bytes);
    if (json == null) {
      throw new InvalidImageException(what + " is not a JSON object");
    }
    String header =
        contentType == null ? "" : contentType.split(";", -1)[0].strip().toLowerCase(Locale.ROOT);
    String own = BoundedJson.text(json, "mediaType");
    if (header.contains(".distribution.manifest.v1+") || json.path("schemaVersion").asInt(2) == 1) {
      throw new InvalidImageException(
          what + " is in Docker's old schema 1; push the image again with a current tool");
    }
    MediaType type;
    if (!VAGUE.contains(header)) {
      type = new MediaType(header);
    } else if (own != null) {
      type = new MediaType(own);
    } else {
      type = json.has("manifests") ? MediaType.OCI_INDEX : MediaType.OCI_MANIFEST;
    }
    if (!type.isIndex() && !type.isManifest()) {
      throw new InvalidImageException(
          what
              + " has the type '"
              + Redaction.text(type.value())
              + "'; expected an OCI or Docker manifest or index");
    }
    // One document must not be a manifest to one reader and an index to another.
    if (own != null && !own.equals(type.value())) {
      throw new InvalidImageException(
          what
              + " came as '"
              + Redaction.text(type.value())
              + "' but calls itself '"
              + Redaction.text(own)
              + "'");
    }
    return type;
  }
}
