package dev.starling.shell.host;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Guesses which name was meant by one that is not there. */
public final class NearestName {

  /** A name of three letters may differ by one edit, one of nine by three. */
  private static final int LETTERS_PER_EDIT = 3;

  private NearestName() {}

  /** {@code "; did you mean source?"}, or nothing if no name is near. */
  public static String hint(String wrong, Collection<String> names) {
    return of(wrong, names).map(name -> "; did you mean " + name + "?").orElse("");
  }

  /** The nearest name: the one that takes the fewest edits, if they are few for its length. */
  static Optional<String> of(String wrong, Collection<String> names) {
    @Nullable String nearest = null;
    int fewest = Integer.MAX_VALUE;
    for (String name : names) {
      int edits = edits(wrong.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
      if (edits < fewest && edits <= Math.max(1, wrong.length() / LETTERS_PER_EDIT)) {
        nearest = name;
        fewest = edits;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** Letters to insert, remove, replace or swap with their neighbour. */
  private static int edits(String from, String to) {
    int[][] edits = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        edits[i][j] = i == 0 || j == 0 ? i + j : least(edits, from, to, i, j);
      }
    }
    return edits[from.length()][to.length()];
  }

  private static int least(int[][] edits, String from, String to, int i, int j) {
    boolean same = from.charAt(i - 1) == to.charAt(j - 1);
    int least =
        Math.min(
            edits[i - 1][j - 1] + (same ? 0 : 1), Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
    boolean swapped =
        i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1);
    return swapped ? Math.min(least, edits[i - 2][j - 2] + 1) : least;
  }
}
