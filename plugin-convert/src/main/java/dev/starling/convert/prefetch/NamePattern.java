package dev.starling.convert.prefetch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pattern for one name of a path. Immutable. */
final class NamePattern {

  /** One place in a name. */
  private sealed interface Place {
    /** Any number of characters. */
    record Any() implements Place {}

    /** One character out of some ranges, or out of all others. */
    record Of(boolean others, List<Range> ranges) implements Place {
      boolean accepts(int character) {
        return others != ranges.stream().anyMatch(range -> range.holds(character));
      }
    }
  }

  private record Range(int first, int last) {
    boolean holds(int character) {
      return first <= character && character <= last;
    }
  }

  private final List<Place> places;
  private final @Nullable String literal;
  private final boolean anyDepth;

  private NamePattern(List<Place> places, @Nullable String literal, boolean anyDepth) {
    this.places = List.copyOf(places);
    this.literal = literal;
    this.anyDepth = anyDepth;
  }

  /** The name, if nothing in it is special. */
  @Nullable String literal() {
    return literal;
  }

  /** Whether it is {@code **}. */
  boolean isAnyDepth() {
    return anyDepth;
  }

  static NamePattern parse(String text) {
    List<Place> places = new ArrayList<>();
    StringBuilder literal = new StringBuilder();
    boolean special = false;
    int[] characters = text.codePoints().toArray();
    for (int at = 0; at < characters.length; at++) {
      switch (characters[at]) {
        case '*' -> {
          special = true;
          if (places.isEmpty() || !(places.getLast() instanceof Place.Any)) {
            places.add(new Place.Any());
          }
        }
        case '?' -> {
          special = true;
          places.add(new Place.Of(true, List.of()));
        }
        case '[' -> {
          special = true;
          int end = end(characters, at, text);
          places.add(set(characters, at + 1, end));
          at = end;
        }
        case '\\' -> {
          if (++at == characters.length) {
            throw new IllegalArgumentException("'" + text + "' ends in a backslash");
          }
          places.add(one(characters[at]));
          literal.appendCodePoint(characters[at]);
        }
        default -> {
          places.add(one(characters[at]));
          literal.appendCodePoint(characters[at]);
        }
      }
    }
    return new NamePattern(places, special ? null : literal.toString(), text.equals("**"));
  }

  private static Place one(int character) {
    return new Place.Of(false, List.of(new Range(character, character)));
  }

  /** Where the set ends; a bracket that is its first character belongs to it. */
  private static int end(int[] characters, int start, String text) {
    int at = start + 1;
    if (at < characters.length && (characters[at] == '!' || characters[at] == '^')) {
      at++;
    }
    at++;
    while (at < characters.length && characters[at] != ']') {
      at++;
    }
    if (at >= characters.length) {
      throw new IllegalArgumentException(
          "'" + text + "' has a [ without its ]; write \\[ for the character");
    }
    return at;
  }

  private static Place set(int[] characters, int start, int end) {
    boolean others = characters[start] == '!' || characters[start] == '^';
    List<Range> ranges = new ArrayList<>();
    int at = others ? start + 1 : start;
    while (at < end) {
      boolean isRange = at + 2 < end && characters[at + 1] == '-';
      ranges.add(new Range(characters[at], characters[isRange ? at + 2 : at]));
      at += isRange ? 3 : 1;
    }
    return new Place.Of(others, List.copyOf(ranges));
  }

  boolean matches(String name) {
    int[] characters = name.codePoints().toArray();
    int at = 0;
    int place = 0;
    int star = -1;
    int retry = 0;
    while (at < characters.length) {
      Place next = place < places.size() ? places.get(place) : null;
      if (next instanceof Place.Any) {
        star = place++;
        retry = at;
      } else if (next instanceof Place.Of one && one.accepts(characters[at])) {
        place++;
        at++;
      } else if (star >= 0) {
        place = star + 1;
        at = ++retry;
      } else {
        return false;
      }
    }
    while (place < places.size() && places.get(place) instanceof Place.Any) {
      place++;
    }
    return place == places.size();
  }
}
