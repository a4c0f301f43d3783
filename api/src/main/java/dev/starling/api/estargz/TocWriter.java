package dev.starling.api.estargz;

import dev.starling.api.tar.TarEntry;
import dev.starling.api.tar.TarText;
import dev.starling.api.tar.TarType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Writes a layer's TOC as the reference does with one worker, byte for byte: tab-indented JSON
 * whose members have a fixed order and are left out when they are zero or empty. Not thread-safe.
 */
final class TocWriter {

  private static final String EMPTY_DIGEST =
      "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  private static final String UNKNOWN_DIGEST = "sha256:" + "0".repeat(64);
  private static final Comparator<String> BYTEWISE =
      Comparator.comparing(TarText::encode, Arrays::compareUnsigned);

  private final TocBuffer out = new TocBuffer();
  private final Map<Long, String> userNames = new HashMap<>();
  private final Map<Long, String> groupNames = new HashMap<>();
  private final StringBuilder row = new StringBuilder();
  private boolean empty = true;
  private int digestPosition = -1;

  /** Where a piece of content went. */
  @SuppressWarnings("ArrayRecordComponent") // passed on at once, never compared
  record Place(long offset, long innerOffset, byte[] digest) {}

  TocWriter() throws IOException {
    append("{\n\t\"version\": 1,\n\t\"entries\": ");
  }

  /** Adds an entry without content. */
  void add(TarEntry entry) throws IOException {
    begin(entry.name(), typeName(entry.type()));
    attributes(entry);
    tail(entry);
    end();
  }

  /**
   * Adds a file with its first or only piece. Its digest is filled in by {@link #complete} if the
   * piece is not all of it.
   */
  void add(TarEntry entry, Place place, long chunkSize, boolean whole) throws IOException {
    begin(entry.name(), "reg");
    attributes(entry);
    number("offset", place.offset());
    number("innerOffset", place.innerOffset());
    xattrs(entry.xattrs());
    String digest = hex(place.digest());
    key("digest").append('"').append(whole ? digest : UNKNOWN_DIGEST).append('"');
    int fromEnd = row.length();
    number("chunkSize", chunkSize);
    key("chunkDigest").append('"').append(digest).append('"');
    // All that follows the digest is ASCII, so characters count as bytes.
    int after = row.length() - fromEnd;
    int end = end();
    digestPosition = whole ? -1 : end - "\n\t\t}".length() - after - 1 - 64;
  }

  /** Adds a further piece of the last file. */
  void addChunk(String name, Place place, long chunkOffset, long chunkSize) throws IOException {
    begin(name, "chunk");
    number("offset", place.offset());
    number("innerOffset", place.innerOffset());
    number("chunkOffset", chunkOffset);
    number("chunkSize", chunkSize);
    key("chunkDigest").append('"').append(hex(place.digest())).append('"');
    end();
  }

  /** Fills in the digest of the last file of several pieces. */
  void complete(byte[] digest) {
    out.patch(digestPosition, HexFormat.of().formatHex(digest).getBytes(StandardCharsets.US_ASCII));
  }

  /** Ends the TOC; nothing can be added any more. */
  TocBuffer finish() throws IOException {
    append(empty ? "null\n}" : "\n\t]\n}");
    return out;
  }

  private void attributes(TarEntry entry) {
    number("size", entry.size());
    text("modtime", TocText.time(entry.mtime(), entry.mtimeNanos()));
    text("linkName", entry.linkName());
    number("mode", entry.mode());
    number("uid", entry.uid());
    number("gid", entry.gid());
    name("userName", entry.uid(), entry.userName(), userNames);
    name("groupName", entry.gid(), entry.groupName(), groupNames);
  }

  private void tail(TarEntry entry) {
    number("devMajor", entry.devMajor());
    number("devMinor", entry.devMinor());
    xattrs(entry.xattrs());
    if (entry.type() == TarType.REGULAR) {
      text("digest", EMPTY_DIGEST);
    }
  }

  private void name(String key, long id, String name, Map<Long, String> last) {
    if (!name.isEmpty() && !name.equals(last.put(id, name))) {
      text(key, name);
    }
  }

  private void xattrs(Map<String, byte[]> xattrs) {
    if (xattrs.isEmpty()) {
      return;
    }
    key("xattrs").append('{');
    String separator = "\n\t\t\t\t";
    for (String name : xattrs.keySet().stream().sorted(BYTEWISE).toList()) {
      row.append(separator);
      TocText.appendString(row, name);
      byte[] value = xattrs.getOrDefault(name, new byte[0]);
      row.append(": \"").append(Base64.getEncoder().encodeToString(value)).append('"');
      separator = ",\n\t\t\t\t";
    }
    row.append("\n\t\t\t}");
  }

  private void begin(String name, String type) {
    row.setLength(0);
    row.append(empty ? "[\n" : ",\n").append("\t\t{\n\t\t\t\"name\": ");
    empty = false;
    TocText.appendString(row, name);
    text("type", type);
  }

  private int end() throws IOException {
    row.append("\n\t\t}");
    out.append(TocText.utf8(row));
    return out.size();
  }

  private void number(String key, long value) {
    if (value != 0) {
      key(key).append(value);
    }
  }

  private void text(String key, String value) {
    if (!value.isEmpty()) {
      key(key);
      TocText.appendString(row, value);
    }
  }

  private StringBuilder key(String key) {
    return row.append(",\n\t\t\t\"").append(key).append("\": ");
  }

  private void append(String text) throws IOException {
    out.append(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String hex(byte[] digest) {
    return "sha256:" + HexFormat.of().formatHex(digest);
  }

  static String typeName(TarType type) {
    return switch (type) {
      case REGULAR -> "reg";
      case HARD_LINK -> "hardlink";
      case SYMLINK -> "symlink";
      case CHAR_DEVICE -> "char";
      case BLOCK_DEVICE -> "block";
      case DIRECTORY -> "dir";
      case FIFO -> "fifo";
    };
  }
}
