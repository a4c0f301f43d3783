package dev.starling.shell.prompt;

import dev.starling.shell.line.LineKind;
import dev.starling.shell.line.LineParser;
import dev.starling.shell.line.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.reader.CompletingParsedLine;

/**
 * The words of the statement that the cursor is in, up to the cursor.
 *
 * @param line the whole text
 * @param cursor where the cursor is in it
 * @param place what the word at the cursor is part of
 * @param words the statement's words up to the cursor; the last is the one at the cursor
 * @param start where that word begins in the text
 */
record TypedLine(String line, int cursor, Place place, List<String> words, int start)
    implements CompletingParsedLine {

  /** What is typed at the cursor. */
  enum Place {
    /** The first word of a line: a command or Groovy. */
    FIRST,
    /** A word of a command after the first. */
    COMMAND,
    /** What follows a pipe. */
    FILTER,
    /** A file after {@code >}. */
    FILE,
    /** Groovy. */
    GROOVY
  }

  private static final Pattern IDENTIFIER = Pattern.compile("[\\w.$]*$");
  private static final Pattern FIRST_WORD = Pattern.compile("\\s*[\\w-]*");
  private static final Pattern PLAIN = Pattern.compile("[^\\s'\"\\\\;|<>&#{}]+");

  TypedLine {
    words = List.copyOf(words);
  }

  static TypedLine of(String line, int cursor, LineParser parser) {
    String typed = line.substring(0, cursor);
    int offset = parser.prefix(typed).length();
    String body = typed.substring(offset);
    if (parser.kind(typed) != LineKind.COMMAND && !FIRST_WORD.matcher(body).matches()) {
      String afterEquals = body.replaceFirst("(?s)^\\s*(def\\s+|var\\s+)?\\w+\\s*=\\s*", "");
      if (afterEquals.length() < body.length() && FIRST_WORD.matcher(afterEquals).matches()) {
        return word(line, cursor, Place.FIRST, afterEquals);
      }
      return groovy(line, cursor);
    }
    List<Token> tokens = new ArrayList<>();
    Place place = Place.COMMAND;
    for (Token token : parser.tokens(body)) {
      switch (token.kind()) {
        case END, BACKGROUND -> {
          tokens.clear();
          place = Place.COMMAND;
        }
        case PIPE -> {
          tokens.clear();
          place = Place.FILTER;
        }
        case WRITE, APPEND -> {
          tokens.clear();
          place = Place.FILE;
        }
        case CLOSURE -> {
          if (token.end() == body.length()) {
            return groovy(line, cursor);
          }
          tokens.add(token);
        }
        case WORD -> tokens.add(token);
      }
    }
    boolean inWord = !tokens.isEmpty() && tokens.getLast().end() == body.length();
    List<String> words = new ArrayList<>(tokens.stream().map(Token::text).toList());
    if (!inWord) {
      words.add("");
    }
    return new TypedLine(
        line,
        cursor,
        place == Place.COMMAND && words.size() == 1 ? Place.FIRST : place,
        words,
        inWord ? offset + tokens.getLast().start() : cursor);
  }

  private static TypedLine groovy(String line, int cursor) {
    Matcher matcher = IDENTIFIER.matcher(line.substring(0, cursor));
    return word(line, cursor, Place.GROOVY, matcher.find() ? matcher.group() : "");
  }

  private static TypedLine word(String line, int cursor, Place place, String word) {
    return new TypedLine(line, cursor, place, List.of(word), cursor - word.length());
  }

  @Override
  public String word() {
    return words.getLast();
  }

  @Override
  public int wordCursor() {
    return word().length();
  }

  @Override
  public int wordIndex() {
    return words.size() - 1;
  }

  @Override
  public int rawWordCursor() {
    return cursor - start;
  }

  @Override
  public int rawWordLength() {
    return cursor - start;
  }

  /** Quotes what the line would part otherwise, as the word at the cursor began. */
  @Override
  public CharSequence escape(CharSequence candidate, boolean complete) {
    char first = start < cursor ? line.charAt(start) : ' ';
    boolean quoted = first == '\'' || first == '"';
    if (place == Place.GROOVY || (!quoted && PLAIN.matcher(candidate).matches())) {
      return candidate;
    }
    char quote = quoted ? first : '\'';
    return quote + candidate.toString() + (complete ? String.valueOf(quote) : "");
  }
}
