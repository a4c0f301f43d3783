package dev.starling.fuse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is mounted, as this process sees it: a snapshot of {@code /proc/self/mountinfo} (proc(5)).
 *
 * @param entries in the order of mounting: of two on one directory the later one is seen
 */
public record MountTable(List<MountEntry> entries) {
  private static final Path KERNELS = Path.of("/proc/self/mountinfo");
  private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");

  public MountTable {
    entries = List.copyOf(entries);
  }

  /** The table as it is now. */
  public static MountTable current() throws IOException {
    // ISO-8859-1 keeps every byte; names are decoded after their escapes.
    return parse(Files.readAllLines(KERNELS, StandardCharsets.ISO_8859_1));
  }

  /** Rows that do not have the documented form are left out. */
  static MountTable parse(List<String> lines) {
    return new MountTable(lines.stream().flatMap(line -> row(line).stream()).toList());
  }

  /** {@code id parent major:minor root directory options [tag...] - type source super-options}. */
  private static Optional<MountEntry> row(String line) {
    String[] fields = line.split(" ", -1);
    int dash = 6;
    while (dash < fields.length && !fields[dash].equals("-")) {
      dash++;
    }
    if (dash + 3 >= fields.length) {
      return Optional.empty();
    }
    return Optional.of(
        new MountEntry(
            fields[2],
            Path.of(unescape(fields[4])),
            unescape(fields[dash + 1]),
            unescape(fields[dash + 2]),
            fields[5] + "," + fields[dash + 3]));
  }

  /** Blank, tab, newline and backslash are written as three octal digits. */
  private static String unescape(String field) {
    String bytes =
        ESCAPE
            .matcher(field)
            .replaceAll(found ->
                Matcher.quoteReplacement(
                    Character.toString((char) Integer.parseInt(found.group(1), 8))));
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /** The rows that a test accepts, such as those of one source and type. */
  public List<MountEntry> matching(Predicate<MountEntry> test) {
    return entries.stream().filter(test).toList();
  }

  /** What is seen on a directory, if it is a mount point. */
  public Optional<MountEntry> on(Path directory) {
    return entries.stream()
        .filter(entry -> entry.directory().equals(directory))
        .reduce((earlier, later) -> later);
  }
}
