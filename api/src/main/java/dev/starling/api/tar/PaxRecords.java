package dev.starling.api.tar;

import dev.starling.api.content.CorruptContentException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The records of one PAX extended header: {@code length key=value\n}, the length in decimal and of
 * the whole record.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html">POSIX pax</a>
 */
final class PaxRecords {

  static final PaxRecords NONE = new PaxRecords(Map.of(), 0);

  private static final String XATTR = "SCHILY.xattr.";
  private static final String SPARSE = "GNU.sparse.";
  private static final Set<String> WITHOUT_NUL = Set.of("path", "linkpath", "uname", "gname");
  private static final int SHORTEST = 5;

  private final Map<String, byte[]> records;
  private final long position;

  private PaxRecords(Map<String, byte[]> records, long position) {
    this.records = records;
    this.position = position;
  }

  /**
   * Parses a header's body.
   *
   * @param position where the header lies, for messages
   */
  static PaxRecords parse(byte[] body, long position) throws CorruptContentException {
    Map<String, byte[]> records = new LinkedHashMap<>();
    int at = 0;
    while (at < body.length) {
      at += parseRecord(body, at, records, position);
    }
    return new PaxRecords(records, position);
  }

  private static int parseRecord(byte[] body, int at, Map<String, byte[]> into, long position)
      throws CorruptContentException {
    int space = at;
    int length = 0;
    while (space < body.length && body[space] >= '0' && body[space] <= '9' && space - at < 8) {
      length = length * 10 + body[space++] - '0';
    }
    boolean sound =
        space > at
            && space < body.length
            && body[space] == ' '
            && length >= SHORTEST
            && length <= body.length - at
            && at + length - 1 > space
            && body[at + length - 1] == '\n';
    int equals = space + 1;
    while (sound && equals < at + length && body[equals] != '=') {
      equals++;
    }
    if (!sound || equals == space + 1 || equals >= at + length) {
      throw new CorruptContentException(
          "PAX header at offset " + position + ": its record at byte " + at + " is malformed");
    }
    String key = TarText.decode(body, space + 1, equals - space - 1);
    byte[] value = Arrays.copyOfRange(body, equals + 1, at + length - 1);
    boolean nul = WITHOUT_NUL.contains(key) ? holdsNul(value) : key.indexOf('\0') >= 0;
    if (nul) {
      throw new CorruptContentException(
          "PAX header at offset " + position + ": its record '" + key + "' holds a NUL");
    }
    into.put(key, value);
    return length;
  }

  private static boolean holdsNul(byte[] value) {
    for (byte b : value) {
      if (b == 0) {
        return true;
      }
    }
    return false;
  }

  /** The text of a record, or {@code otherwise} if there is none or it is empty. */
  String text(String key, String otherwise) {
    byte[] value = records.get(key);
    return value == null || value.length == 0 ? otherwise : TarText.decode(value);
  }

  /** The decimal number of a record, or {@code otherwise} if there is none or it is empty. */
  long number(String key, long otherwise) throws CorruptContentException {
    String text = text(key, "");
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw bad(key, text);
    }
  }

  /** A point in time: whole seconds, rounded down, and the nanoseconds beyond. */
  record Time(long seconds, int nanos) {}

  /** The time of a record, or null if there is none or it is empty. */
  @Nullable Time time(String key) throws CorruptContentException {
    String text = text(key, "");
    if (text.isEmpty()) {
      return null;
    }
    int dot = text.indexOf('.');
    String whole = dot < 0 ? text : text.substring(0, dot);
    String fraction = dot < 0 ? "" : text.substring(dot + 1);
    long seconds;
    try {
      seconds = Long.parseLong(whole);
    } catch (NumberFormatException e) {
      throw bad(key, text);
    }
    if (!fraction.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw bad(key, text);
    }
    int nanos = Integer.parseInt((fraction + "000000000").substring(0, 9));
    if (nanos != 0 && whole.startsWith("-")) {
      return new Time(seconds - 1, 1_000_000_000 - nanos);
    }
    return new Time(seconds, nanos);
  }

  private CorruptContentException bad(String key, String text) {
    return new CorruptContentException(
        "PAX header at offset " + position + ": its " + key + " '" + text + "' is no number");
  }

  /** The extended attributes by name, also empty ones. */
  Map<String, byte[]> xattrs() {
    Map<String, byte[]> xattrs = new TreeMap<>();
    records.forEach((key, value) -> {
      if (key.startsWith(XATTR)) {
        xattrs.put(key.substring(XATTR.length()), value);
      }
    });
    return xattrs.isEmpty() ? Map.of() : xattrs;
  }

  boolean isSparse() {
    return records.keySet().stream().anyMatch(key -> key.startsWith(SPARSE));
  }
}
