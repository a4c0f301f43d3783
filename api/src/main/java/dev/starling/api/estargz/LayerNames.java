package dev.starling.api.estargz;

import dev.starling.api.tar.TarEntry;
import dev.starling.api.tar.TarPath;
import dev.starling.api.tar.TarText;
import dev.starling.api.tar.TarType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Knows the paths of a layer seen so far, which of its entries a later one replaced, and what about
 * them a user should be warned of. Not thread-safe.
 */
final class LayerNames {

  private record Link(String path, String target) {}

  private final Map<String, Integer> ordinals = new HashMap<>();
  private final BitSet replaced = new BitSet();
  private final List<Link> hardLinks = new ArrayList<>();
  private String firstMangled = "";
  private int mangled;
  private int tooLong;
  private int count;

  /** Whether a path is one of the two landmarks, which every conversion writes anew. */
  static boolean isLandmark(String path) {
    return path.equals(GzipFormat.PREFETCH_LANDMARK)
        || path.equals(GzipFormat.NO_PREFETCH_LANDMARK);
  }

  /** Whether an entry is what an earlier conversion added, so that it is left out. */
  static boolean isAdded(TarEntry entry) {
    String path = TarPath.clean(entry.name());
    return isLandmark(path) || path.equals(GzipFormat.TOC_NAME);
  }

  /**
   * Takes note of the next entry.
   *
   * @return whether it replaces an earlier one
   */
  boolean add(TarEntry entry) {
    String path = TarPath.clean(entry.name());
    if (!TarText.isUnicode(entry.name())) {
      if (mangled++ == 0) {
        firstMangled = entry.name();
      }
    }
    if (Math.max(entry.name().length(), entry.linkName().length()) > TocBuilder.MAX_PATH) {
      tooLong++;
    }
    if (entry.type() == TarType.HARD_LINK) {
      hardLinks.add(new Link(path, TarPath.clean(entry.linkName())));
    }
    Integer earlier = ordinals.put(path, count++);
    if (earlier != null) {
      replaced.set(earlier);
    }
    return earlier != null;
  }

  /** The entries that later ones replaced, numbered from 0 in the order of {@link #add}. */
  BitSet replaced() {
    return replaced;
  }

  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (mangled > 0) {
      warnings.add(
          mangled
              + " names are not UTF-8, the first is '"
              + printable(firstMangled)
              + "'; mounted lazily they show up mangled");
    }
    if (tooLong > 0) {
      warnings.add(
          tooLong
              + " names are longer than "
              + TocBuilder.MAX_PATH
              + " characters; the layer cannot be mounted lazily");
    }
    List<Link> dangling =
        hardLinks.stream().filter(link -> !ordinals.containsKey(link.target())).toList();
    if (!dangling.isEmpty()) {
      Link first = dangling.getFirst();
      warnings.add(
          dangling.size()
              + " hard links point out of the layer, the first is '"
              + printable(first.path())
              + "' -> '"
              + printable(first.target())
              + "'; the layer cannot be mounted lazily");
    }
    return warnings;
  }

  private static String printable(String name) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      boolean odd = TarText.isEscapedByte(name, i) || Character.isISOControl(name.charAt(i));
      out.append(odd ? '?' : name.charAt(i));
    }
    return out.toString();
  }
}
