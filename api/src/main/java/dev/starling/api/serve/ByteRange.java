package dev.starling.api.serve;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code Range} header asks of a blob (RFC 9110, section 14). Several ranges and other units
 * are answered with the whole, as the RFC allows.
 */
sealed interface ByteRange {

  Pattern SINGLE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  /** All bytes. */
  record Whole() implements ByteRange {}

  /** The bytes from {@code first} to {@code last}, both included and within the blob. */
  record Part(long first, long last) implements ByteRange {}

  /** Nothing that the blob has. */
  record Unsatisfiable() implements ByteRange {}

  static ByteRange parse(@Nullable String header, long size) {
    Matcher matcher = SINGLE.matcher(header == null ? "" : header.trim());
    if (!matcher.matches()) {
      return new Whole();
    }
    String from = matcher.group(1);
    String to = matcher.group(2);
    if (from.isEmpty()) {
      if (to.isEmpty()) {
        return new Whole();
      }
      long count = Math.min(Long.parseLong(to), size);
      return count == 0 ? new Unsatisfiable() : new Part(size - count, size - 1);
    }
    long first = Long.parseLong(from);
    long last = to.isEmpty() ? size - 1 : Math.min(Long.parseLong(to), size - 1);
    if (first >= size) {
      return new Unsatisfiable();
    }
    return first > last ? new Whole() : new Part(first, last);
  }
}
