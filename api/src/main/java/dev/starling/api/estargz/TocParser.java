package dev.starling.api.estargz;

import dev.starling.api.content.CorruptContentException;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.JacksonIOException;
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

  /** Takes the rows, in order. */
  @FunctionalInterface
  interface Rows {
    void add(TocRow row) throws IOException;
  }

  /** Parses JSON that is in memory. */
  static void parse(byte[] json, Rows rows) throws IOException {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      parse(parser, rows);
    } catch (JacksonException e) {
      throw malformed(e);
    }
  }

  /** Parses JSON as it comes; what follows it is left in the stream or was read ahead. */
  static void parse(InputStream json, Rows rows) throws IOException {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      parse(parser, rows);
    } catch (JacksonIOException e) {
      if (e.getCause() instanceof CharConversionException) {
        throw malformed(e);
      }
      throw e.getCause();
    } catch (JacksonException e) {
      throw malformed(e);
    }
  }

  private static CorruptContentException malformed(JacksonException e) {
    return new CorruptContentException("the TOC is not valid JSON: " + e.getOriginalMessage(), e);
  }

  private static void parse(JsonParser parser, Rows rows) throws IOException {
    int count = 0;
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
        require(count++ < MAX_ROWS, "the TOC has more than " + MAX_ROWS + " entries");
        rows.add(row(parser));
      }
    }
  }

  private static TocRow row(JsonParser parser) throws CorruptContentException {
    Fields fields = new Fields();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = parser.currentName();
      switch (parser.nextToken()) {
        case VALUE_STRING -> fields.set(key, parser.getString());
        case VALUE_NUMBER_INT -> fields.set(key, parser.getLongValue());
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
    private String name = "";
    private String type = "";
    private String modtime = "";
    private String linkName = "";
    private String userName = "";
    private String groupName = "";
    private String digest = "";
    private String chunkDigest = "";
    private long size;
    private long mode;
    private long uid;
    private long gid;
    private long offset;
    private long innerOffset;
    private long devMajor;
    private long devMinor;
    private long chunkOffset;
    private long chunkSize;
    private Map<String, byte[]> xattrs = Map.of();

    private void set(String key, String value) {
      switch (key) {
        case "name" -> name = value;
        case "type" -> type = value;
        case "modtime" -> modtime = value;
        case "linkName" -> linkName = value;
        case "userName" -> userName = value;
        case "groupName" -> groupName = value;
        case "digest" -> digest = value;
        case "chunkDigest" -> chunkDigest = value;
        default -> {}
      }
    }

    private void set(String key, long value) {
      switch (key) {
        case "size" -> size = value;
        case "mode" -> mode = value;
        case "uid" -> uid = value;
        case "gid" -> gid = value;
        case "offset" -> offset = value;
        case "innerOffset" -> innerOffset = value;
        case "devMajor" -> devMajor = value;
        case "devMinor" -> devMinor = value;
        case "chunkOffset" -> chunkOffset = value;
        case "chunkSize" -> chunkSize = value;
        default -> {}
      }
    }

    private TocRow row() {
      return new TocRow(
          name,
          type,
          size,
          modtime,
          linkName,
          mode,
          uid,
          gid,
          userName,
          groupName,
          offset,
          innerOffset,
          devMajor,
          devMinor,
          xattrs,
          digest,
          chunkOffset,
          chunkSize,
          chunkDigest);
    }
  }
}
