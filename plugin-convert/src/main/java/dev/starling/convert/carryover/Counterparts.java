package dev.starling.convert.carryover;

import dev.starling.api.image.Platform;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Proposes what files that were listed on one platform are called on another. Immutable and
 * thread-safe.
 */
public final class Counterparts {

  /** Proposals for one path; more names in a path than this allows for mean nothing. */
  static final int MAX_CANDIDATES = 64;

  /** Where libraries lie; a path's first such folder may be another one elsewhere. */
  private static final Map<String, List<String>> LIBRARY_FOLDERS =
      Map.of(
          "lib64", List.of("lib64", "lib"),
          "lib", List.of("lib", "lib64"),
          "lib32", List.of("lib32", "lib"));

  private static final Counterparts NONE = new Counterparts(Map.of());

  private final Map<String, List<String>> spellings;

  private Counterparts(Map<String, List<String>> spellings) {
    this.spellings = spellings;
  }

  /**
   * Between two platforms. There are none between different operating systems, within one
   * architecture, and for an architecture whose names are not known.
   */
  public static Counterparts between(Platform from, Platform to) {
    Architecture source = Architecture.of(from.architecture());
    Architecture target = Architecture.of(to.architecture());
    return source == null || target == null || source == target || !from.os().equals(to.os())
        ? NONE
        : new Counterparts(Spellings.between(source, target));
  }

  /**
   * The names that a file may have on the other platform, the likeliest first; never its own.
   *
   * @param path a path or a pattern
   * @return at most {@value #MAX_CANDIDATES} names, none if nothing in the path hints at an
   *     architecture
   */
  public List<String> of(String path) {
    if (spellings.isEmpty()) {
      return List.of();
    }
    List<Piece> pieces = pieces(path);
    Set<String> candidates = new LinkedHashSet<>();
    int[] choice = new int[pieces.size()];
    do {
      StringBuilder candidate = new StringBuilder();
      for (int i = 0; i < choice.length; i++) {
        candidate.append(pieces.get(i).choices().get(choice[i]));
      }
      candidates.add(candidate.toString());
    } while (candidates.size() <= MAX_CANDIDATES && advance(choice, pieces));
    candidates.remove(path);
    return candidates.stream().limit(MAX_CANDIDATES).toList();
  }

  /** The next combination, the first piece varying last; false if there is none. */
  private static boolean advance(int[] choice, List<Piece> pieces) {
    for (int i = choice.length - 1; i >= 0; i--) {
      if (++choice[i] < pieces.get(i).choices().size()) {
        return true;
      }
      choice[i] = 0;
    }
    return false;
  }

  /** A part of the path and what may stand in its place. */
  private record Piece(List<String> choices) {}

  private List<Piece> pieces(String path) {
    List<Piece> pieces = new ArrayList<>();
    boolean inLibrary = false;
    int done = 0;
    int at = 0;
    while (at < path.length()) {
      String found = "";
      List<String> choices = List.of();
      if (!inLibrary && LIBRARY_FOLDERS.containsKey(component(path, at))) {
        found = component(path, at);
        inLibrary = true;
        choices = LIBRARY_FOLDERS.getOrDefault(found, List.of());
      } else if (isStart(path, at)) {
        found = spelling(path, at);
        choices = withLast(spellings.getOrDefault(found, List.of()), found);
      }
      if (found.isEmpty()) {
        at++;
      } else {
        pieces.add(new Piece(List.of(path.substring(done, at))));
        pieces.add(new Piece(choices));
        at += found.length();
        done = at;
      }
    }
    pieces.add(new Piece(List.of(path.substring(done))));
    return pieces;
  }

  /** A name may be there by chance: that it stays is the last choice. */
  private static List<String> withLast(List<String> targets, String own) {
    List<String> choices = new ArrayList<>(targets);
    choices.remove(own);
    choices.add(own);
    return choices;
  }

  /** The folder's name that begins here, or nothing. */
  private static String component(String path, int at) {
    int end = path.indexOf('/', at);
    return end < 0 || (at > 0 && path.charAt(at - 1) != '/') ? "" : path.substring(at, end);
  }

  private static String spelling(String path, int at) {
    for (String spelling : Spellings.all()) {
      if (path.startsWith(spelling, at) && isEnd(path, at + spelling.length())) {
        return spelling;
      }
    }
    return "";
  }

  private static boolean isStart(String path, int at) {
    return at == 0 || !Character.isLetterOrDigit(path.charAt(at - 1));
  }

  private static boolean isEnd(String path, int at) {
    return at == path.length() || !Character.isLetterOrDigit(path.charAt(at));
  }
}
