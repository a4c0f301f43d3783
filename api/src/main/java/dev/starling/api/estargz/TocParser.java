package dev.starling.api.estargz;

import dev.starling.api.content.CorruptContentException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Reads a TOC's JSON, within bounds, into rows. */
final class TocParser {

  /** The most entries and chunks that a TOC may have. */
  static final int MAX_ROWS = 4_000_000;

  private static final int MAX_DEPTH = 8;

  /** Extended attributes are at most 64 KiB on Linux; base64 and several escapes fit as well. */
  private static final int MAX_STRING = 1 << 20;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_STRING)
                  .maxNameLength(MAX_STRING)
                  .build())
          .build();

  private TocParser() {}

  static List<TocRow> parse(byte[] json) throws CorruptContentException {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      return parse(parser);
    } catch (JacksonException e) {
      throw new CorruptContentException("the TOC is not valid JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static List<TocRow> parse(JsonParser parser) throws CorruptContentException {
    List<TocRow> rows = new ArrayList<>();
    require(parser.nextToken() == JsonToken.START_OBJECT, "the TOC is not a JSON object");
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean entries = parser.currentName().equals("entries");
      if (parser.nextToken() != JsonToken.START_ARRAY || !entries) {
        parser.skipChildren();
        continue;
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        require(
            parser.currentToken() == JsonToken.START_OBJECT, "a TOC entry is not a JSON object");
        require(rows.size() < MAX_ROWS, "the TOC has more than " + MAX_ROWS + " entries");
        rows.add(row(parser));
      }
    }
    return rows;
  }

  private static TocRow row(JsonParser parser) throws CorruptContentException {
    Fields fields = new Fields();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      switch (parser.nextToken()) {
        case VALUE_STRING -> fields.texts.put(key, parser.getString());
        case VALUE_NUMBER_INT -> fields.numbers.put(key, parser.getLongValue());
        case START_OBJECT -> {
          if (key.equals("xattrs")) {
            fields.xattrs = xattrs(parser);
          } else {
            parser.skipChildren();
          }
        }
        case null, default -> parser.skipChildren();
      }
    }
    return fields.row();
  }

  private static Map<String, byte[]> xattrs(JsonParser parser) throws CorruptContentException {
    Map<String, byte[]> xattrs = new HashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      boolean empty = parser.nextToken() == JsonToken.VALUE_NULL;
      require(
          empty || parser.currentToken() == JsonToken.VALUE_STRING,
          "the extended attribute '" + key + "' in the TOC is not a string");
      xattrs.put(key, empty ? new byte[0] : parser.getBinaryValue());
    }
    return xattrs;
  }

  private static void require(boolean condition, String otherwise) throws CorruptContentException {
    if (!condition) {
      throw new CorruptContentException(otherwise);
    }
  }

  /** One row while it is read. */
  private static final class Fields {
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Long> numbers = new HashMap<>();
    private Map<String, byte[]> xattrs = Map.of();

    private String text(String key) {
      return texts.getOrDefault(key, "");
    }

    private long number(String key) {
      return numbers.getOrDefault(key, 0L);
    }

    private TocRow row() {
      return new TocRow(
          text("name"),
          text("type"),
          number("size"),
          text("modtime"),
          text("linkName"),
          number("mode"),
          number("uid"),
          number("gid"),
          text("userName"),
          text("groupName"),
          number("offset"),
          number("innerOffset"),
          number("devMajor"),
          number("devMinor"),
          xattrs,
          text("digest"),
          number("chunkOffset"),
          number("chunkSize"),
          text("chunkDigest"));
    }
  }
}
