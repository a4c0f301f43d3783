package dev.starling.api.layout;

import dev.starling.api.content.BlobFolder;
import dev.starling.api.content.ContentNotFoundException;
import dev.starling.api.content.CorruptContentException;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Index;
import dev.starling.api.image.InvalidImageException;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.RawManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Manifests as blobs of a layout, and what they lead to. */
final class Manifests {

  private Manifests() {}

  /** Reads and verifies a manifest; its type is the index's, its own or told by its fields. */
  static RawManifest read(OciLayout layout, Digest digest) throws IOException {
    byte[] bytes = readBytes(layout, digest);
    for (Descriptor entry : layout.entries()) {
      if (entry.digest().equals(digest)) {
        return new RawManifest(entry.mediaType(), bytes);
      }
    }
    return new RawManifest(typeOf(bytes, digest), bytes);
  }

  static RawManifest read(OciLayout layout, Descriptor entry) throws IOException {
    return new RawManifest(entry.mediaType(), readBytes(layout, entry.digest()));
  }

  private static byte[] readBytes(OciLayout layout, Digest digest) throws IOException {
    Path file = layout.blobs().require(digest);
    long size = Files.size(file);
    if (size > RawManifest.MAX_SIZE) {
      throw new CorruptContentException(
          "manifest %s in %s has %d bytes; expected at most %d"
              .formatted(digest, layout.directory(), size, RawManifest.MAX_SIZE));
    }
    byte[] bytes = Files.readAllBytes(file);
    String actual = HexFormat.of().formatHex(digest.newMessageDigest().digest(bytes));
    if (!actual.equals(digest.hex())) {
      throw new CorruptContentException(
          "manifest %s in %s hashes to %s:%s; get the image again to replace it"
              .formatted(digest, layout.directory(), digest.algorithm(), actual));
    }
    return bytes;
  }

  private static MediaType typeOf(byte[] bytes, Digest digest) throws IOException {
    JsonNode json;
    try {
      json = JsonMapper.shared().readTree(bytes);
    } catch (JacksonException e) {
      throw new InvalidImageException("blob " + digest + " is no manifest", e);
    }
    String own = json.path("mediaType").asString("");
    if (!own.isBlank()) {
      return new MediaType(own);
    }
    if (json.path("manifests").isArray()) {
      return MediaType.OCI_INDEX;
    }
    if (json.path("config").isObject() || json.path("layers").isArray()) {
      return MediaType.OCI_MANIFEST;
    }
    throw new InvalidImageException("blob " + digest + " is no manifest");
  }

  /** What a manifest or index names directly: its config and layers, or its manifests. */
  static List<Descriptor> children(RawManifest raw) throws IOException {
    if (raw.isIndex()) {
      return Index.parse(raw).manifests();
    }
    return Manifest.blobs(raw);
  }

  /** The digests of the entries and of all that they lead to, as far as it is there. */
  static Set<Digest> reachable(OciLayout layout, List<Descriptor> entries) throws IOException {
    Set<Digest> seen = new HashSet<>();
    Deque<Descriptor> queue = new ArrayDeque<>(entries);
    while (!queue.isEmpty()) {
      Descriptor next = queue.remove();
      boolean leads = next.mediaType().isIndex() || next.mediaType().isManifest();
      if (seen.add(next.digest()) && leads && layout.blobs().has(next.digest())) {
        queue.addAll(children(read(layout, next)));
      }
    }
    return seen;
  }

  /**
   * Fails if the folder lacks a blob that the manifest needs. Blobs that may only be had from
   * elsewhere (they have URLs) are not needed.
   */
  static void requireBlobs(BlobFolder blobs, RawManifest raw) throws IOException {
    for (Descriptor child : children(raw)) {
      if (child.urls().isEmpty() && !blobs.has(child)) {
        throw new ContentNotFoundException(
            "manifest %s needs blob %s, which is not in %s"
                .formatted(raw.digest(), child.digest(), blobs.root()));
      }
    }
  }
}
