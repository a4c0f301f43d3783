package dev.starling.api.registry;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a blob that an answer holds.
 *
 * @param first the first byte's offset
 * @param last the last byte's offset
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-14.4">RFC 9110, section 14.4</a>
 */
record ContentRange(long first, long last) {

  private static final Pattern DOWNLOAD =
      Pattern.compile("\\s*bytes\\s+([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\\*)\\s*");

  /** Some registries write {@code bytes=} in front, against the specification. */
  private static final Pattern UPLOAD =
      Pattern.compile("\\s*(?:bytes[= ])?([0-9]{1,18})-([0-9]{1,18})\\s*");

  /** Reads a Content-Range header; null if it is missing or no range of bytes. */
  static @Nullable ContentRange ofDownload(@Nullable String header) {
    return read(DOWNLOAD, header);
  }

  /** Reads the Range header of an upload; null if it is missing or malformed. */
  static @Nullable ContentRange ofUpload(@Nullable String header) {
    return read(UPLOAD, header);
  }

  private static @Nullable ContentRange read(Pattern pattern, @Nullable String header) {
    Matcher matcher = header == null ? null : pattern.matcher(header);
    if (matcher == null || !matcher.matches()) {
      return null;
    }
    ContentRange range =
        new ContentRange(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
    return range.last < range.first ? null : range;
  }
}
