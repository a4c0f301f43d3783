package dev.starling.api.registry;

import java.util.Set;
import okhttp3.HttpUrl;

/** Makes what others said fit for an error message: no secrets, one line, of bounded length. */
final class Redaction {

  private static final int MAX_TEXT = 300;

  /** Query parameters of the distribution API that are no secrets. */
  private static final Set<String> PUBLIC =
      Set.of("digest", "mount", "from", "n", "last", "service", "scope", "artifactType");

  private Redaction() {}

  /** The URL without user, password and the values of unknown query parameters. */
  static String url(HttpUrl url) {
    HttpUrl.Builder shown = url.newBuilder().username("").password("").fragment(null).query(null);
    for (int i = 0; i < url.querySize(); i++) {
      String name = url.queryParameterName(i);
      shown.addQueryParameter(name, PUBLIC.contains(name) ? url.queryParameterValue(i) : "...");
    }
    return text(shown.build().toString());
  }

  /** The text in one line of printable characters. */
  static String text(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(MAX_TEXT)
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c)
        .forEach(line::appendCodePoint);
    return line.toString().strip() + (text.length() > MAX_TEXT ? "..." : "");
  }
}
