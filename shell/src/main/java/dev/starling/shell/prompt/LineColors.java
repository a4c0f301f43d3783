package dev.starling.shell.prompt;

import dev.starling.shell.line.LineKind;
import dev.starling.shell.line.LineParser;
import dev.starling.shell.line.Token;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.reader.LineReader;
import org.jline.reader.impl.DefaultHighlighter;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Colours commands and Groovy while they are typed. Immutable but for JLine's own state. */
final class LineColors extends DefaultHighlighter {

  private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;
  private static final AttributedStyle COMMAND = PLAIN.bold().foreground(AttributedStyle.GREEN);
  private static final AttributedStyle OPTION = PLAIN.foreground(AttributedStyle.CYAN);
  private static final AttributedStyle TEXT = PLAIN.foreground(AttributedStyle.YELLOW);
  private static final AttributedStyle OPERATOR = PLAIN.bold();
  private static final AttributedStyle KEYWORD = PLAIN.foreground(AttributedStyle.MAGENTA);
  private static final AttributedStyle NUMBER = PLAIN.foreground(AttributedStyle.BLUE);
  private static final AttributedStyle COMMENT = PLAIN.faint();

  private static final Pattern GROOVY =
      Pattern.compile(
          "(?<comment>//[^\\n]*|/\\*.*?(\\*/|$))"
              + "|(?<text>'''.*?('''|$)|\"\"\".*?(\"\"\"|$)|'([^'\\\\\\n]|\\\\.)*'?|\"([^\"\\\\\\n]|\\\\.)*\"?)"
              + "|(?<number>\\b\\d[\\w.]*)"
              + "|(?<word>[A-Za-z_$][\\w$]*)",
          Pattern.DOTALL);

  private static final Set<String> KEYWORDS =
      Set.of(
          "as",
          "assert",
          "break",
          "case",
          "catch",
          "class",
          "continue",
          "def",
          "do",
          "else",
          "enum",
          "extends",
          "false",
          "finally",
          "for",
          "if",
          "implements",
          "import",
          "in",
          "instanceof",
          "interface",
          "new",
          "null",
          "package",
          "return",
          "static",
          "super",
          "switch",
          "this",
          "throw",
          "throws",
          "true",
          "try",
          "var",
          "void",
          "while");

  private final LineParser parser;

  LineColors(LineParser parser) {
    this.parser = parser;
  }

  @Override
  public AttributedString highlight(LineReader reader, String buffer) {
    if (reader.getRegionActive() != LineReader.RegionType.NONE
        || (reader.getSearchTerm() != null && !reader.getSearchTerm().isEmpty())) {
      return super.highlight(reader, buffer);
    }
    return paint(buffer);
  }

  /** The text with its colours. */
  AttributedString paint(String text) {
    AttributedStringBuilder painted = new AttributedStringBuilder();
    if (parser.kind(text) == LineKind.COMMAND) {
      String prefix = parser.prefix(text);
      groovy(prefix, painted);
      command(text.substring(prefix.length()), painted);
    } else {
      groovy(text, painted);
    }
    return painted.toAttributedString();
  }

  private void command(String text, AttributedStringBuilder painted) {
    int at = 0;
    boolean first = true;
    List<Token> tokens = parser.tokens(text);
    for (Token token : tokens) {
      painted.append(text.substring(at, token.start()), PLAIN);
      String raw = text.substring(token.start(), token.end());
      at = token.end();
      switch (token.kind()) {
        case CLOSURE -> groovy(raw, painted);
        case WORD -> {
          painted.append(raw, style(raw, first));
          first = false;
        }
        case PIPE, END, BACKGROUND -> {
          painted.append(raw, OPERATOR);
          first = true;
        }
        case WRITE, APPEND -> painted.append(raw, OPERATOR);
      }
    }
    painted.append(text.substring(at), COMMENT);
  }

  private static AttributedStyle style(String raw, boolean first) {
    if (first) {
      return COMMAND;
    }
    if (raw.startsWith("-")) {
      return OPTION;
    }
    return raw.startsWith("'") || raw.startsWith("\"") ? TEXT : PLAIN;
  }

  private static void groovy(String text, AttributedStringBuilder painted) {
    Matcher matcher = GROOVY.matcher(text);
    int at = 0;
    while (matcher.find()) {
      painted.append(text.substring(at, matcher.start()), PLAIN);
      painted.append(matcher.group(), style(matcher));
      at = matcher.end();
    }
    painted.append(text.substring(at), PLAIN);
  }

  private static AttributedStyle style(Matcher matcher) {
    if (matcher.group("comment") != null) {
      return COMMENT;
    }
    if (matcher.group("text") != null) {
      return TEXT;
    }
    if (matcher.group("number") != null) {
      return NUMBER;
    }
    return KEYWORDS.contains(matcher.group()) ? KEYWORD : PLAIN;
  }
}
