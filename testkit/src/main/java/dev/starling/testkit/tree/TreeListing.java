package dev.starling.testkit.tree;

import dev.starling.testkit.peer.Program;
import dev.starling.testkit.peer.Requirement;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a directory tree holds: for every file below the root, by name, all that an image can say
 * about it as one line of text (type, mode, owner, mtime to the second, size, link target,
 * hard-link group, device, extended attributes, SHA-256 of the content).
 *
 * @param lines name to line, sorted by name
 */
public record TreeListing(SortedMap<String, String> lines) {
  private static final Duration LIMIT = Duration.ofMinutes(10);

  public TreeListing {
    lines = Collections.unmodifiableSortedMap(new TreeMap<>(lines));
  }

  /** Lists a tree; needs python3, and root where the tree does. */
  public static TreeListing of(Path root) throws IOException, InterruptedException {
    return of(root, List.of());
  }

  /**
   * Lists a tree as another user or in another namespace.
   *
   * @param prefix words that run the command that follows them, such as {@code setpriv --reuid=1}
   */
  public static TreeListing of(Path root, List<String> prefix)
      throws IOException, InterruptedException {
    Requirement.programs("python3");
    Path script = Files.createTempFile("starling-listing-", ".py");
    try (InputStream in = TreeListing.class.getResourceAsStream("listing.py")) {
      if (in == null) {
        throw new FileNotFoundException("resource listing.py beside " + TreeListing.class);
      }
      Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rw-r--r--"));
      List<String> command = new ArrayList<>(prefix);
      command.addAll(List.of("python3", script.toString(), root.toString()));
      SortedMap<String, String> lines = new TreeMap<>();
      Program.of(command.toArray(String[]::new))
          .limit(LIMIT)
          .check()
          .lines()
          .forEach(line -> lines.put(line.substring(2, line.indexOf("\", \"", 2)), line));
      return new TreeListing(lines);
    } finally {
      Files.delete(script);
    }
  }

  /** Without the files whose names (JSON-escaped, relative to the root) match. */
  public TreeListing without(Predicate<String> name) {
    SortedMap<String, String> rest = new TreeMap<>(lines);
    rest.keySet().removeIf(name);
    return new TreeListing(rest);
  }

  /**
   * How another tree differs from this one.
   *
   * @return a line for each file that is missing ({@code -}), additional ({@code +}) or different
   *     (both); empty when the trees are equal
   */
  public List<String> differences(TreeListing other) {
    List<String> differences = new ArrayList<>();
    lines.forEach((name, line) -> {
      if (!line.equals(other.lines.get(name))) {
        differences.add("- " + line);
      }
    });
    other.lines.forEach((name, line) -> {
      if (!line.equals(lines.get(name))) {
        differences.add("+ " + line);
      }
    });
    return differences;
  }
}
