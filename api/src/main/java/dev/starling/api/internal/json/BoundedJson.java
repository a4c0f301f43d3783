package dev.starling.api.internal.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Parses JSON objects of bounded depth and never quotes their content in an error. */
public final class BoundedJson {

  /** Deep nesting attacks the parser's stack; nothing that is read here has more than 6 levels. */
  private static final int MAX_DEPTH = 32;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .build();

  private BoundedJson() {}

  /** The object that the bytes hold, or null if they hold anything else. */
  public static @Nullable ObjectNode object(byte[] bytes) {
    try {
      return MAPPER.readTree(bytes) instanceof ObjectNode object ? object : null;
    } catch (JacksonException e) {
      return null; // its message quotes the content, which may be a credential
    }
  }

  /** A field's text, or null if it is missing, empty or no string. */
  public static @Nullable String text(JsonNode object, String field) {
    JsonNode node = object.get(field);
    return node != null && node.isString() && !node.stringValue().isEmpty()
        ? node.stringValue()
        : null;
  }
}
