package dev.starling.api.estargz;

import dev.starling.api.tar.TarIndex;
import dev.starling.api.tar.TarPath;
import dev.starling.api.tar.TarType;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The paths of one layer, without its root and what a conversion adds. Immutable once made, and
 * then thread-safe.
 */
public final class LayerPaths {

  /** As many symbolic links as Linux follows for one path. */
  private static final int MAX_LINKS = 40;

  /** Linux has no longer paths. */
  private static final int MAX_PATH = 4096;

  private final NavigableMap<String, Integer> positions = new TreeMap<>();
  private final Map<String, String> links = new HashMap<>();

  private LayerPaths() {}

  /** The paths of a layer's tar. */
  static LayerPaths of(List<TarIndex.Item> items) {
    LayerPaths paths = new LayerPaths();
    for (TarIndex.Item item : items) {
      paths.add(item.path(), item.type() == TarType.SYMLINK ? item.linkName() : null);
    }
    return paths;
  }

  /** The paths of a lazily readable layer. */
  public static LayerPaths of(Toc toc) {
    LayerPaths paths = new LayerPaths();
    for (TocEntry entry : toc.entries()) {
      paths.add(
          TarPath.clean(entry.name()),
          entry instanceof TocEntry.Symlink link ? link.target() : null);
    }
    return paths;
  }

  private void add(String path, @Nullable String linkTarget) {
    if (path.isEmpty() || LayerNames.isLandmark(path) || path.equals(GzipFormat.TOC_NAME)) {
      return;
    }
    positions.put(path, positions.size());
    if (linkTarget == null) {
      links.remove(path);
    } else {
      links.put(path, linkTarget);
    }
  }

  /**
   * The entry that a name leads to, also through folders that are symbolic links in this layer. A
   * link at the end of the name is not followed.
   *
   * @param name need not be clean
   * @return the entry's path, or null if the layer has none
   */
  public @Nullable String find(String name) {
    String path = TarPath.clean(name);
    if (!positions.containsKey(path)) {
      path = resolve(path, false);
    }
    return path != null && positions.containsKey(path) ? path : null;
  }

  /**
   * The folder that a name leads to, following symbolic links of this layer. It may lack an entry.
   *
   * @param name need not be clean
   * @return the folder's path, or null if the links lead nowhere
   */
  public @Nullable String folder(String name) {
    return resolve(TarPath.clean(name), true);
  }

  /** All paths below a folder, however deep, in the layer's order; of the root's, all. */
  public List<String> below(String folder) {
    NavigableMap<String, Integer> inside =
        folder.isEmpty()
            ? positions
            : positions.subMap(folder + "/", false, folder + (char) ('/' + 1), false);
    return inside.keySet().stream()
        .sorted(Comparator.comparing(path -> Objects.requireNonNull(positions.get(path))))
        .toList();
  }

  private @Nullable String resolve(String path, boolean followLast) {
    Deque<String> rest = components(path);
    String at = "";
    int followed = 0;
    while (!rest.isEmpty()) {
      String next = join(at, rest.pop());
      String target = rest.isEmpty() && !followLast ? null : links.get(next);
      if (target == null) {
        at = next;
      } else {
        String goal = target.startsWith("/") ? target : at + "/" + target;
        if (++followed > MAX_LINKS || goal.length() > MAX_PATH) {
          return null;
        }
        Deque<String> components = components(TarPath.clean(goal));
        components.addAll(rest);
        rest = components;
        at = "";
      }
    }
    return at;
  }

  private static Deque<String> components(String clean) {
    return clean.isEmpty() ? new ArrayDeque<>() : new ArrayDeque<>(List.of(clean.split("/", -1)));
  }

  private static String join(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }
}
