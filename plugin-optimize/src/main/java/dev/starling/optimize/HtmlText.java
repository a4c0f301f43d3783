package dev.starling.optimize;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Builds a page out of text that may be anything: every value is escaped. For one thread. */
final class HtmlText {

  private final StringBuilder out = new StringBuilder();

  /** Markup, as it is; values go through the other methods. */
  HtmlText markup(String html) {
    out.append(html);
    return this;
  }

  /** A value. */
  HtmlText text(@Nullable Object value) {
    String text = String.valueOf(value);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        // Names of files may hold what no page may.
        default -> out.append(Character.isISOControl(c) ? '\uFFFD' : c);
      }
    }
    return this;
  }

  /** An element with a value in it. */
  HtmlText element(String tag, Object value) {
    return markup("<" + tag + ">").text(value).markup("</" + tag + ">");
  }

  /** The head of a table; {@link #endTable} closes it. */
  HtmlText table(List<String> titles) {
    markup("<table><thead><tr>");
    titles.forEach(title -> element("th", title));
    return markup("</tr></thead><tbody>\n");
  }

  /** A row. Numbers are set to the right. */
  HtmlText row(List<Object> cells) {
    markup("<tr>");
    for (Object cell : cells) {
      markup(cell instanceof Number ? "<td class=n>" : "<td>");
      text(cell instanceof Double number ? String.format(Locale.ROOT, "%.1f", number) : cell);
      markup("</td>");
    }
    return markup("</tr>\n");
  }

  HtmlText endTable() {
    return markup("</tbody></table>\n");
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
