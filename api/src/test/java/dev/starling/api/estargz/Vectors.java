package dev.starling.api.estargz;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The reference's inputs and outputs, under {@code src/test/resources/vectors}. */
final class Vectors {

  static final Path FOLDER = Path.of("src/test/resources/vectors");

  private Vectors() {}

  static byte[] input(String name) throws IOException {
    return bytes("in/" + name + ".tar");
  }

  static byte[] toc(String name, String variant) throws IOException {
    return bytes("out/" + name + "/" + variant + ".toc.json");
  }

  static byte[] blob(String name, String variant) throws IOException {
    return bytes("out/" + name + "/" + variant + ".esgz");
  }

  static List<String> prioritized(String name, String variant) throws IOException {
    return text("out/" + name + "/" + variant + ".prio").lines().filter(l -> !l.isEmpty()).toList();
  }

  static String text(String path) throws IOException {
    return new String(bytes(path), StandardCharsets.UTF_8);
  }

  /** A TOC in which the offsets, which depend on the compressor, are blanked. */
  static String withoutOffsets(byte[] toc) {
    return new String(toc, StandardCharsets.UTF_8).replaceAll("\"offset\": \\d+", "\"offset\": _");
  }

  /**
   * A TOC without offsets and inner offsets: members of several files can be cut in many ways, and
   * the reference even begins one with a header at offset 0, which it leaves out.
   */
  static String withoutPlaces(byte[] toc) {
    return new String(toc, StandardCharsets.UTF_8)
        .replaceAll("\n\t\t\t\"(offset|innerOffset)\": \\d+,", "");
  }

  static byte[] bytes(String path) throws IOException {
    try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + path)) {
      if (in == null) {
        throw new IOException("no test vector " + path);
      }
      return in.readAllBytes();
    }
  }
}
