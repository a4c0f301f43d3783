package dev.starling.convert;

import dev.starling.api.estargz.ConvertedLayer;
import dev.starling.api.image.Digest;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What is written beside a finished layer, so that a later run can use it. */
final class LayerRecord {

  private static final String MISSED = "missed.";
  private static final String WARNING = "warning.";

  private LayerRecord() {}

  static String write(ConvertedLayer layer) throws IOException {
    Properties fields = new Properties();
    fields.setProperty("digest", layer.digest().toString());
    fields.setProperty("size", Long.toString(layer.size()));
    fields.setProperty("diffId", layer.diffId().toString());
    fields.setProperty("uncompressedSize", Long.toString(layer.uncompressedSize()));
    fields.setProperty("tocDigest", layer.tocDigest().toString());
    fields.setProperty("sourceDiffId", layer.sourceDiffId().toString());
    putAll(fields, MISSED, layer.missed());
    putAll(fields, WARNING, layer.warnings());
    StringWriter text = new StringWriter();
    fields.store(text, null);
    return text.toString();
  }

  /** The record, or null if it is damaged: then the layer is made anew. */
  static @Nullable ConvertedLayer read(String record) throws IOException {
    Properties fields = new Properties();
    fields.load(new StringReader(record));
    try {
      return new ConvertedLayer(
          Digest.parse(fields.getProperty("digest", "")),
          Long.parseLong(fields.getProperty("size", "")),
          Digest.parse(fields.getProperty("diffId", "")),
          Long.parseLong(fields.getProperty("uncompressedSize", "")),
          Digest.parse(fields.getProperty("tocDigest", "")),
          Digest.parse(fields.getProperty("sourceDiffId", "")),
          getAll(fields, MISSED),
          getAll(fields, WARNING));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static void putAll(Properties fields, String prefix, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      fields.setProperty(prefix + i, values.get(i));
    }
  }

  private static List<String> getAll(Properties fields, String prefix) {
    List<String> values = new ArrayList<>();
    for (String value = fields.getProperty(prefix + 0);
        value != null;
        value = fields.getProperty(prefix + values.size())) {
      values.add(value);
    }
    return values;
  }
}
