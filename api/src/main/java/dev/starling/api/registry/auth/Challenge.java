package dev.starling.api.registry.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One challenge of a WWW-Authenticate header.
 *
 * @param scheme in lower case, for example {@code basic} or {@code bearer}
 * @param parameters by lower-case name, for example {@code realm}
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7235#section-4.1">RFC 7235, section 4.1</a>
 */
public record Challenge(String scheme, Map<String, String> parameters) {

  /** A header with more is not worth reading on. */
  private static final int MAX_CHALLENGES = 16;

  private static final int MAX_PARAMETERS = 32;

  /** Takes a copy of the map. */
  public Challenge {
    parameters = Map.copyOf(parameters);
  }

  /** The parameter's value, or null. */
  public @Nullable String parameter(String name) {
    return parameters.get(name);
  }

  /** The challenges of all WWW-Authenticate headers; what cannot be read is left out. */
  public static List<Challenge> parse(List<String> headers) {
    List<Challenge> challenges = new ArrayList<>();
    for (String header : headers) {
      new Reader(header).readInto(challenges);
    }
    return List.copyOf(challenges);
  }

  /** Reads {@code scheme [token68 | name=value, ...] , scheme ...}. */
  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    void readInto(List<Challenge> challenges) {
      String scheme = null;
      Map<String, String> parameters = new TreeMap<>();
      while (challenges.size() < MAX_CHALLENGES) {
        skipSeparators();
        String word = token();
        if (word.isEmpty()) {
          break;
        }
        skipSpaces();
        if (peek() == '=' && scheme != null) {
          at++;
          skipSpaces();
          String value = peek() == '"' ? quoted() : token();
          if (parameters.size() < MAX_PARAMETERS) {
            parameters.putIfAbsent(word.toLowerCase(Locale.ROOT), value);
          }
        } else {
          if (scheme != null) {
            challenges.add(new Challenge(scheme, parameters));
          }
          scheme = word.toLowerCase(Locale.ROOT);
          parameters = new TreeMap<>();
        }
      }
      if (scheme != null && challenges.size() < MAX_CHALLENGES) {
        challenges.add(new Challenge(scheme, parameters));
      }
    }

    private int peek() {
      return at < text.length() ? text.charAt(at) : -1;
    }

    private void skipSpaces() {
      while (peek() == ' ' || peek() == '\t') {
        at++;
      }
    }

    private void skipSeparators() {
      while (peek() == ' ' || peek() == '\t' || peek() == ',' || peek() == '=') {
        at++;
      }
    }

    private String token() {
      int start = at;
      while (at < text.length() && " \t,=\"".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return text.substring(start, at);
    }

    private String quoted() {
      StringBuilder value = new StringBuilder();
      at++;
      while (at < text.length() && text.charAt(at) != '"') {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
          at++;
        }
        value.append(text.charAt(at++));
      }
      at = Math.min(at + 1, text.length());
      return value.toString();
    }
  }
}
