package dev.starling.api.image;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An image configuration. Only what Starling needs is parsed; the rest of the JSON is carried as it
 * is.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/config.md">OCI image
 *     configuration</a>
 */
public final class ImageConfig {

  /** The largest config that is accepted, in bytes. */
  public static final int MAX_SIZE = 8 * 1024 * 1024;

  private final byte[] bytes;
  private final ObjectNode json;
  private final List<Digest> diffIds;

  private ImageConfig(byte[] bytes, ObjectNode json, List<Digest> diffIds) {
    this.bytes = bytes;
    this.json = json;
    this.diffIds = List.copyOf(diffIds);
  }

  /**
   * Reads a config's bytes.
   *
   * @throws InvalidImageException if they are no image configuration
   */
  public static ImageConfig parse(byte[] bytes) throws InvalidImageException {
    ObjectNode json = Json.readObject(bytes, "image config");
    JsonNode rootfs = json.path("rootfs");
    if (!"layers".equals(Json.text(rootfs, "type"))) {
      throw new InvalidImageException("image config: rootfs.type must be \"layers\"");
    }
    List<Digest> diffIds = new ArrayList<>();
    for (JsonNode diffId : rootfs.path("diff_ids")) {
      try {
        diffIds.add(Digest.parse(diffId.asString("")));
      } catch (IllegalArgumentException e) {
        throw new InvalidImageException("image config, rootfs.diff_ids: " + e.getMessage(), e);
      }
    }
    return new ImageConfig(bytes.clone(), json, diffIds);
  }

  /** A copy of the bytes this was read from or is written as. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The digests of the uncompressed layers, base first. */
  public List<Digest> diffIds() {
    return diffIds;
  }

  /** The platform the image is for, or null if the config does not say. */
  public @Nullable Platform platform() {
    String os = Json.text(json, "os");
    String architecture = Json.text(json, "architecture");
    return os == null || architecture == null
        ? null
        : new Platform(
            os, architecture, Json.text(json, "variant"), Json.text(json, "os.version"), List.of());
  }

  /**
   * The same image with other layers. As containerd's converter writes it: top-level keys sorted,
   * and the {@code Image} key, which names the image this one was built from, removed.
   */
  public ImageConfig withDiffIds(List<Digest> newDiffIds) {
    ObjectNode copy = json.deepCopy();
    ObjectNode rootfs = Json.MAPPER.createObjectNode().put("type", "layers");
    ArrayNode array = rootfs.putArray("diff_ids");
    newDiffIds.forEach(diffId -> array.add(diffId.toString()));
    copy.set("rootfs", rootfs);
    for (String key : List.of("config", "container_config")) {
      if (copy.get(key) instanceof ObjectNode object) {
        object.remove("Image");
        copy.set(key, sorted(object));
      }
    }
    ObjectNode result = sorted(copy);
    return new ImageConfig(Json.write(result), result, newDiffIds);
  }

  private static ObjectNode sorted(ObjectNode object) {
    TreeMap<String, JsonNode> fields = new TreeMap<>();
    object.properties().forEach(entry -> fields.put(entry.getKey(), entry.getValue()));
    ObjectNode result = Json.MAPPER.createObjectNode();
    fields.forEach(result::set);
    return result;
  }
}
