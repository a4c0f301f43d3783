package dev.starling.convert.prefetch;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern for paths: {@code *} is any part of a name, {@code ?} one character of it, {@code
 * [a-z]} one of several, {@code [!a-z]} one of the others, and {@code **} as a whole name any
 * number of folders, also none; at the end, everything below. A backslash takes a character's
 * special meaning from it. Matching takes time in proportion to both lengths. Immutable.
 */
final class PathPattern {

  private final String folder;
  private final List<NamePattern> names;

  private PathPattern(String folder, List<NamePattern> names) {
    this.folder = folder;
    this.names = List.copyOf(names);
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if a bracket is not closed or the text ends in a backslash
   */
  static PathPattern parse(String text) {
    StringBuilder folder = new StringBuilder();
    List<NamePattern> names = new ArrayList<>();
    for (String part : text.split("/", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      NamePattern name = NamePattern.parse(part);
      String literal = name.literal();
      if (names.isEmpty() && literal != null) {
        folder.append('/').append(literal);
      } else {
        names.add(name);
      }
    }
    return new PathPattern(folder.isEmpty() ? "" : folder.substring(1), names);
  }

  /** Whether nothing in it is special, so that {@link #folder} is all of it. */
  boolean isLiteral() {
    return names.isEmpty();
  }

  /** The folder that all matches lie in: the names before the first with anything special. */
  String folder() {
    return folder;
  }

  /**
   * Whether a path matches.
   *
   * @param inFolder the path from {@link #folder} on
   */
  boolean matches(String inFolder) {
    String[] parts = inFolder.split("/", -1);
    int part = 0;
    int name = 0;
    int star = -1;
    int retry = 0;
    while (part < parts.length) {
      if (name < names.size() && names.get(name).isAnyDepth()) {
        star = name++;
        retry = part;
      } else if (name < names.size() && names.get(name).matches(parts[part])) {
        name++;
        part++;
      } else if (star >= 0) {
        name = star + 1;
        part = ++retry;
      } else {
        return false;
      }
    }
    // "a/**" means what is in a, at whatever depth, which the last loop has eaten already.
    while (name < names.size() && names.get(name).isAnyDepth()) {
      name++;
    }
    return name == names.size();
  }
}
