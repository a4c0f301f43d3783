package dev.starling.api.image;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON form of {@link Manifest}, {@link Index} and {@link Descriptor}. */
final class ManifestJson {

  /** More entries than any real manifest has; a manifest's size bounds it anyway. */
  private static final int MAX_ENTRIES = 10_000;

  private ManifestJson() {}

  static Manifest readManifest(RawManifest raw) throws InvalidImageException {
    String what = "manifest " + raw.digest();
    ObjectNode json = Json.readObject(raw.bytes(), what);
    requireSchema2(json, what);
    JsonNode config = json.get("config");
    if (config == null) {
      throw new InvalidImageException(what + " has no config; is it an index or a list?");
    }
    return new Manifest(
        raw.mediaType(),
        Json.text(json, "artifactType"),
        readDescriptor(config, what + ", config"),
        readDescriptors(json.get("layers"), what + ", layers"),
        readSubject(json, what),
        readStrings(json.get("annotations"), what));
  }

  static List<Descriptor> readBlobs(RawManifest raw) throws InvalidImageException {
    String what = "manifest " + raw.digest();
    ObjectNode json = Json.readObject(raw.bytes(), what);
    List<Descriptor> blobs = new ArrayList<>();
    JsonNode config = json.get("config");
    if (config != null && !config.isNull()) {
      blobs.add(readDescriptor(config, what + ", config"));
    }
    for (String field : List.of("layers", "blobs")) {
      blobs.addAll(readDescriptors(json.get(field), what + ", " + field));
    }
    return blobs;
  }

  static Index readIndex(RawManifest raw) throws InvalidImageException {
    String what = "index " + raw.digest();
    ObjectNode json = Json.readObject(raw.bytes(), what);
    requireSchema2(json, what);
    return new Index(
        raw.mediaType(),
        Json.text(json, "artifactType"),
        readDescriptors(json.get("manifests"), what + ", manifests"),
        readSubject(json, what),
        readStrings(json.get("annotations"), what));
  }

  static byte[] write(Manifest manifest) {
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("schemaVersion", 2).put("mediaType", manifest.mediaType().value());
    putIfPresent(json, "artifactType", manifest.artifactType());
    json.set("config", write(manifest.config()));
    json.set("layers", writeAll(manifest.layers()));
    return finish(json, manifest.subject(), manifest.annotations());
  }

  static byte[] write(Index index) {
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("schemaVersion", 2).put("mediaType", index.mediaType().value());
    putIfPresent(json, "artifactType", index.artifactType());
    json.set("manifests", writeAll(index.manifests()));
    return finish(json, index.subject(), index.annotations());
  }

  private static byte[] finish(
      ObjectNode json, @Nullable Descriptor subject, SortedMap<String, String> annotations) {
    if (subject != null) {
      json.set("subject", write(subject));
    }
    putStrings(json, annotations);
    return Json.write(json);
  }

  private static void requireSchema2(ObjectNode json, String what) throws InvalidImageException {
    if (json.path("schemaVersion").asInt(0) != 2) {
      throw new InvalidImageException(
          what + " has schemaVersion " + json.path("schemaVersion") + "; expected 2");
    }
  }

  private static @Nullable Descriptor readSubject(ObjectNode json, String what)
      throws InvalidImageException {
    JsonNode subject = json.get("subject");
    return subject == null || subject.isNull() ? null : readDescriptor(subject, what + ", subject");
  }

  private static List<Descriptor> readDescriptors(@Nullable JsonNode array, String what)
      throws InvalidImageException {
    if (array == null || array.isNull()) {
      return List.of();
    }
    if (!array.isArray() || array.size() > MAX_ENTRIES) {
      throw new InvalidImageException(what + ": expected a list of at most " + MAX_ENTRIES);
    }
    List<Descriptor> descriptors = new ArrayList<>();
    for (JsonNode element : array) {
      descriptors.add(readDescriptor(element, what + "[" + descriptors.size() + "]"));
    }
    return descriptors;
  }

  private static Descriptor readDescriptor(JsonNode json, String what)
      throws InvalidImageException {
    String mediaType = Json.text(json, "mediaType");
    String digest = Json.text(json, "digest");
    JsonNode size = json.path("size");
    if (mediaType == null
        || digest == null
        || !size.isIntegralNumber()
        || !size.canConvertToLong()) {
      throw new InvalidImageException(what + " lacks mediaType, digest or size");
    }
    try {
      return new Descriptor(
          new MediaType(mediaType),
          Digest.parse(digest),
          size.asLong(),
          readUrls(json.get("urls"), what),
          readStrings(json.get("annotations"), what),
          Json.text(json, "data"),
          readPlatform(json.get("platform")),
          Json.text(json, "artifactType"));
    } catch (IllegalArgumentException e) {
      throw new InvalidImageException(what + ": " + e.getMessage(), e);
    }
  }

  private static List<String> readUrls(@Nullable JsonNode array, String what)
      throws InvalidImageException {
    List<String> urls = new ArrayList<>();
    for (JsonNode url : array == null ? List.<JsonNode>of() : array) {
      if (!url.isString()) {
        throw new InvalidImageException(what + ": a URL is not a string");
      }
      urls.add(url.stringValue());
    }
    return urls;
  }

  private static SortedMap<String, String> readStrings(@Nullable JsonNode object, String what)
      throws InvalidImageException {
    SortedMap<String, String> map = new TreeMap<>();
    if (object instanceof ObjectNode node) {
      for (var entry : node.properties()) {
        if (!entry.getValue().isString()) {
          throw new InvalidImageException(
              what + ": annotation " + entry.getKey() + " is not a string");
        }
        map.put(entry.getKey(), entry.getValue().stringValue());
      }
    }
    return map;
  }

  private static @Nullable Platform readPlatform(@Nullable JsonNode json) {
    if (json == null) {
      return null;
    }
    String os = Json.text(json, "os");
    String architecture = Json.text(json, "architecture");
    if (os == null || architecture == null) {
      return null;
    }
    List<String> features = new ArrayList<>();
    json.path("os.features").forEach(feature -> features.add(feature.asString()));
    return new Platform(
        os, architecture, Json.text(json, "variant"), Json.text(json, "os.version"), features);
  }

  private static ArrayNode writeAll(List<Descriptor> descriptors) {
    ArrayNode array = Json.MAPPER.createArrayNode();
    descriptors.forEach(descriptor -> array.add(write(descriptor)));
    return array;
  }

  private static ObjectNode write(Descriptor descriptor) {
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("mediaType", descriptor.mediaType().value());
    json.put("digest", descriptor.digest().toString());
    json.put("size", descriptor.size());
    if (!descriptor.urls().isEmpty()) {
      ArrayNode urls = json.putArray("urls");
      descriptor.urls().forEach(urls::add);
    }
    putStrings(json, descriptor.annotations());
    putIfPresent(json, "data", descriptor.data());
    Platform platform = descriptor.platform();
    if (platform != null) {
      json.set("platform", write(platform));
    }
    putIfPresent(json, "artifactType", descriptor.artifactType());
    return json;
  }

  private static ObjectNode write(Platform platform) {
    ObjectNode json = Json.MAPPER.createObjectNode();
    json.put("architecture", platform.architecture()).put("os", platform.os());
    putIfPresent(json, "os.version", platform.osVersion());
    if (!platform.osFeatures().isEmpty()) {
      ArrayNode features = json.putArray("os.features");
      platform.osFeatures().forEach(features::add);
    }
    putIfPresent(json, "variant", platform.variant());
    return json;
  }

  private static void putIfPresent(ObjectNode json, String field, @Nullable String value) {
    if (value != null) {
      json.put(field, value);
    }
  }

  private static void putStrings(ObjectNode json, SortedMap<String, String> annotations) {
    if (!annotations.isEmpty()) {
      ObjectNode node = json.putObject("annotations");
      annotations.forEach(node::put);
    }
  }
}
