package dev.starling.convert.prefetch;

import dev.starling.api.command.CommandException;
import dev.starling.api.image.Digest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads and writes files of access records in {@code ctr-remote}'s format: JSON objects one after
 * the other, each {@code {"path":..., "manifestDigest":..., "layerIndex":...}}, all but the path
 * optional and other fields passed over, but for {@code "sparse":true} of a large file that little
 * was read of.
 */
public final class RecordFile {

  private static final int MAX_DEPTH = 16;
  private static final int MAX_TEXT = 64 << 10;
  private static final long MAX_BYTES = 256L << 20;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .rootValueSeparator("\n")
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_TEXT)
                  .maxNameLength(MAX_TEXT)
                  .maxDocumentLength(MAX_BYTES)
                  .build())
          .build();

  private RecordFile() {}

  /**
   * Reads all the records of a file.
   *
   * @return in the file's order, at most {@link ListedFile#MAX_FILES}
   * @throws CommandException if the file holds anything else; the message says where
   */
  public static List<AccessRecord> read(Path file) throws IOException {
    try (InputStream in = ListFiles.open(file)) {
      return read(in, file.toString());
    }
  }

  private static List<AccessRecord> read(InputStream in, String name) throws IOException {
    List<AccessRecord> records = new ArrayList<>();
    try (JsonParser json =
        JSON.createParser(ObjectReadContext.empty(), new BufferedInputStream(in))) {
      while (json.nextToken() != null) {
        if (records.size() == ListedFile.MAX_FILES) {
          throw damaged(name, json, "more than " + ListedFile.MAX_FILES + " records");
        }
        try {
          records.add(readOne(json, name));
        } catch (IllegalArgumentException e) {
          throw damaged(name, json, String.valueOf(e.getMessage()));
        }
      }
    } catch (JacksonException e) {
      throw new CommandException(
          "record file %s, line %d (byte %d): %s"
              .formatted(
                  name,
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                  e.getLocation() == null ? 0 : e.getLocation().getByteOffset(),
                  e.getOriginalMessage().lines().findFirst().orElse("no valid JSON")),
          e);
    }
    return records;
  }

  private static AccessRecord readOne(JsonParser json, String name) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw damaged(name, json, "expected an object {\"path\": ...}");
    }
    String path = null;
    Digest manifest = null;
    Integer layer = null;
    boolean sparse = false;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      if (value == JsonToken.VALUE_NULL) {
        continue;
      }
      switch (field) {
        case "path" -> path = text(json, value, field);
        case "manifestDigest" -> manifest = digest(text(json, value, field));
        case "layerIndex" -> layer = number(json, value);
        case "sparse" -> sparse = flag(json, value);
        default -> json.skipChildren();
      }
    }
    if (path == null) {
      throw new IllegalArgumentException("the record has no path");
    }
    return new AccessRecord(path, manifest, layer, sparse);
  }

  private static String text(JsonParser json, JsonToken value, String field) {
    if (value != JsonToken.VALUE_STRING) {
      throw new IllegalArgumentException("the record's " + field + " is no string");
    }
    return json.getString();
  }

  private static @Nullable Digest digest(String text) {
    return text.isEmpty() ? null : Digest.parse(text);
  }

  private static Integer number(JsonParser json, JsonToken value) {
    if (value != JsonToken.VALUE_NUMBER_INT) {
      throw new IllegalArgumentException("the record's layerIndex is no whole number");
    }
    return json.getIntValue();
  }

  private static boolean flag(JsonParser json, JsonToken value) {
    if (value != JsonToken.VALUE_TRUE && value != JsonToken.VALUE_FALSE) {
      throw new IllegalArgumentException("the record's sparse is neither true nor false");
    }
    return json.getBooleanValue();
  }

  private static CommandException damaged(String name, JsonParser json, String what) {
    return new CommandException(
        "record file %s, line %d (byte %d): %s"
            .formatted(
                name,
                json.currentTokenLocation().getLineNr(),
                json.currentTokenLocation().getByteOffset(),
                what));
  }

  /** Writes the records, one a line, replacing the file. */
  public static void write(Path file, List<AccessRecord> records) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      for (AccessRecord each : records) {
        json.writeStartObject();
        json.writeStringProperty("path", each.path());
        if (each.manifestDigest() != null) {
          json.writeStringProperty("manifestDigest", each.manifestDigest().toString());
        }
        if (each.layerIndex() != null) {
          json.writeNumberProperty("layerIndex", each.layerIndex());
        }
        json.writeEndObject();
      }
      json.writeRaw('\n');
    }
  }
}
