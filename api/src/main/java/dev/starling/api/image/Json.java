package dev.starling.api.image;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.SerializableString;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes the JSON of images. Written JSON is compact and escapes {@code <}, {@code >} and
 * {@code &} as the field's tools do, so that equal content gives equal bytes everywhere.
 */
final class Json {

  /** Deep nesting is an attack on the parser's stack: the deepest known config has 6 levels. */
  private static final int MAX_DEPTH = 64;

  static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .characterEscapes(new HtmlEscapes())
                  .build())
          .build();

  private Json() {}

  /** Parses a JSON object; {@code what} names it in the error. */
  static ObjectNode readObject(byte[] bytes, String what) throws InvalidImageException {
    JsonNode node;
    try {
      node = MAPPER.readTree(bytes);
    } catch (JacksonException e) {
      throw new InvalidImageException(what + " is not valid JSON: " + e.getOriginalMessage(), e);
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new InvalidImageException(what + " is not a JSON object");
  }

  static byte[] write(JsonNode node) {
    return MAPPER.writeValueAsBytes(node);
  }

  static @Nullable String text(JsonNode object, String field) {
    JsonNode node = object.get(field);
    return node != null && node.isString() && !node.stringValue().isEmpty()
        ? node.stringValue()
        : null;
  }

  private static final class HtmlEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1L;

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] codes = standardAsciiEscapesForJSON();
      int[] copy = Arrays.copyOf(codes, codes.length);
      copy['<'] = ESCAPE_CUSTOM;
      copy['>'] = ESCAPE_CUSTOM;
      copy['&'] = ESCAPE_CUSTOM;
      return copy;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
      return switch (character) {
        case '<', '>', '&' -> new SerializedString("\\u00" + Integer.toHexString(character));
        case 0x2028, 0x2029 -> new SerializedString("\\u" + Integer.toHexString(character));
        default -> null;
      };
    }
  }
}
