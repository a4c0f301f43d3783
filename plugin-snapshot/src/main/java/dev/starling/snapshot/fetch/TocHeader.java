package dev.starling.snapshot.fetch;

import dev.starling.api.content.CorruptContentException;
import dev.starling.api.estargz.TocPlace;
import dev.starling.api.tar.Decompression;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line before a TOC that is kept: what only the layer's footer tells.
 *
 * @param format the layer's format, for people
 * @param contentEnd where in the layer the files' content ends
 * @param compression what the content is compressed with
 */
record TocHeader(String format, long contentEnd, Decompression compression) {

  private static final String MAGIC = "starling-toc 1";
  private static final int MAX_LENGTH = 200;
  private static final Pattern FORM =
      Pattern.compile(MAGIC + "; ([^;]{1,60}); (\\d{1,18}); (GZIP|ZSTD)");

  static TocHeader of(TocPlace place) {
    return new TocHeader(place.format(), place.contentEnd(), place.compression());
  }

  /**
   * Reads the line and its end, and no more.
   *
   * @throws CorruptContentException if it is none
   */
  static TocHeader read(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    int c = in.read();
    while (c >= 0 && c != '\n' && line.length() < MAX_LENGTH) {
      line.append((char) c);
      c = in.read();
    }
    Matcher header = FORM.matcher(line);
    if (!header.matches()) {
      throw new CorruptContentException("the kept TOC has no header");
    }
    return new TocHeader(
        header.group(1), Long.parseLong(header.group(2)), Decompression.valueOf(header.group(3)));
  }

  /** The line with its end. */
  byte[] bytes() {
    List<String> parts = List.of(MAGIC, format, Long.toString(contentEnd), compression.name());
    return (String.join("; ", parts) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
