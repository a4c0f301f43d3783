package dev.starling.convert;

import dev.starling.api.estargz.ConvertedLayer;
import dev.starling.api.estargz.TocBlob;
import dev.starling.api.estargz.ZstdManifest;
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
  private static final String SUBSTITUTED = "substituted.";
  private static final String WARNING = "warning.";
  private static final String ZSTD = "zstd.";
  private static final String TOC = "toc.";

  private LayerRecord() {}

  static String write(ConvertedLayer layer) throws IOException {
    Properties fields = new Properties();
    fields.setProperty("digest", layer.digest().toString());
    fields.setProperty("size", Long.toString(layer.size()));
    fields.setProperty("diffId", layer.diffId().toString());
    fields.setProperty("uncompressedSize", Long.toString(layer.uncompressedSize()));
    Digest tocDigest = layer.tocDigest();
    if (tocDigest != null) {
      fields.setProperty("tocDigest", tocDigest.toString());
    }
    TocBlob toc = layer.tocBlob();
    if (toc != null) {
      fields.setProperty(TOC + "digest", toc.digest().toString());
      fields.setProperty(TOC + "size", Long.toString(toc.size()));
    }
    ZstdManifest manifest = layer.zstdManifest();
    if (manifest != null) {
      fields.setProperty(ZSTD + "checksum", manifest.checksum().toString());
      fields.setProperty(ZSTD + "offset", Long.toString(manifest.offset()));
      fields.setProperty(ZSTD + "compressedSize", Long.toString(manifest.compressedSize()));
      fields.setProperty(ZSTD + "size", Long.toString(manifest.size()));
    }
    fields.setProperty("sourceDiffId", layer.sourceDiffId().toString());
    putAll(fields, SUBSTITUTED, layer.substituted());
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
          tocDigest(fields),
          zstdManifest(fields),
          tocBlob(fields),
          Digest.parse(fields.getProperty("sourceDiffId", "")),
          getAll(fields, SUBSTITUTED),
          getAll(fields, MISSED),
          getAll(fields, WARNING));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable Digest tocDigest(Properties fields) {
    String digest = fields.getProperty("tocDigest");
    return digest == null ? null : Digest.parse(digest);
  }

  private static @Nullable TocBlob tocBlob(Properties fields) {
    String digest = fields.getProperty(TOC + "digest");
    return digest == null
        ? null
        : new TocBlob(Digest.parse(digest), Long.parseLong(fields.getProperty(TOC + "size", "")));
  }

  private static @Nullable ZstdManifest zstdManifest(Properties fields) {
    String checksum = fields.getProperty(ZSTD + "checksum");
    return checksum == null
        ? null
        : new ZstdManifest(
            Digest.parse(checksum),
            Long.parseLong(fields.getProperty(ZSTD + "offset", "")),
            Long.parseLong(fields.getProperty(ZSTD + "compressedSize", "")),
            Long.parseLong(fields.getProperty(ZSTD + "size", "")));
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
