package dev.starling.api.layout;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Index;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.RawManifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The content of an {@code index.json}, edited in place: entries and fields that this program does
 * not know stay as they are. Not thread-safe.
 */
final class LayoutIndex {

  private static final ObjectMapper MAPPER = JsonMapper.shared();

  private final ObjectNode json;
  private final List<Descriptor> entries;

  private LayoutIndex(ObjectNode json, List<Descriptor> entries) {
    this.json = json;
    this.entries = new ArrayList<>(entries);
  }

  static LayoutIndex empty() {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("schemaVersion", 2).put("mediaType", MediaType.OCI_INDEX.value());
    json.putArray("manifests");
    return new LayoutIndex(json, List.of());
  }

  /** Parses the bytes; {@code where} names the file in the error. */
  static LayoutIndex parse(byte[] bytes, Object where) throws IOException {
    if (bytes.length > RawManifest.MAX_SIZE) {
      throw new CorruptContentException(
          "%s has %d bytes; expected at most %d"
              .formatted(where, bytes.length, RawManifest.MAX_SIZE));
    }
    try {
      Index index = Index.parse(new RawManifest(MediaType.OCI_INDEX, bytes));
      ObjectNode json = (ObjectNode) MAPPER.readTree(bytes);
      if (!(json.get("manifests") instanceof ArrayNode)) {
        json.putArray("manifests");
      }
      return new LayoutIndex(json, index.manifests());
    } catch (IOException | JacksonException e) {
      throw new CorruptContentException(where + ": " + e.getMessage(), e);
    }
  }

  byte[] bytes() {
    return MAPPER.writeValueAsBytes(json);
  }

  List<Descriptor> entries() {
    return List.copyOf(entries);
  }

  /** Removes the entries that match and returns how many there were. */
  int removeIf(Predicate<Descriptor> condition) {
    ArrayNode array = json.withArray("manifests");
    int removed = 0;
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (condition.test(entries.get(i))) {
        entries.remove(i);
        array.remove(i);
        removed++;
      }
    }
    return removed;
  }

  void add(Descriptor entry) {
    Index single = new Index(MediaType.OCI_INDEX, null, List.of(entry), null, new TreeMap<>());
    ObjectNode written = (ObjectNode) MAPPER.readTree(single.toRaw().bytes());
    json.withArray("manifests").add(written.withArray("manifests").get(0));
    entries.add(entry);
  }
}
