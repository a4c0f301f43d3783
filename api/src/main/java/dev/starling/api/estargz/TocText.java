package dev.starling.api.estargz;

import dev.starling.api.tar.TarText;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/** Strings and times as the reference writes them to a TOC, byte for byte. */
final class TocText {

  private static final DateTimeFormatter MONTH_TO_SECOND =
      DateTimeFormatter.ofPattern("-MM-dd'T'HH:mm:ss'Z'", java.util.Locale.ROOT);
  private static final int HALF_SECOND = 500_000_000;

  private TocText() {}

  /** Appends a JSON string; bytes that are not UTF-8 are lost, as they are in the reference. */
  static void appendString(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (TarText.isEscapedByte(text, i)) {
            out.append("\\ufffd");
          } else if (c < ' ' || c == '<' || c == '>' || c == '&' || c == 0x2028 || c == 0x2029) {
            out.append("\\u").append(HexFormat.of().toHexDigits(c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /** The bytes of text that was put together by {@link #appendString}. */
  static byte[] utf8(StringBuilder text) {
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * A time in RFC 3339, rounded to the nearest second, half up; empty in second 0 of the epoch.
   *
   * @throws java.time.DateTimeException if it is more than 31 quadrillion seconds away
   */
  static String time(long seconds, int nanos) {
    if (seconds == 0) {
      return "";
    }
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(
            nanos >= HALF_SECOND ? Math.addExact(seconds, 1) : seconds, 0, ZoneOffset.UTC);
    int year = time.getYear();
    String sign = year < 0 ? "-" : "";
    return sign + "%04d".formatted(Math.abs(year)) + MONTH_TO_SECOND.format(time);
  }
}
