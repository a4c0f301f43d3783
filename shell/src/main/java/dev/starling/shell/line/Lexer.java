package dev.starling.shell.line;

import dev.starling.shell.line.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Parts a command line into tokens. Words are quoted by {@code '} and {@code "}, single characters
 * by a backslash, which also joins a line with the next.
 */
final class Lexer {

  private static final String AFTER_AMPERSAND = " \t\n;";

  private final String line;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String line) {
    this.line = line;
  }

  static List<Token> tokens(String line) {
    Lexer lexer = new Lexer(line);
    while (lexer.at < line.length()) {
      lexer.next();
    }
    return lexer.tokens;
  }

  private void next() {
    char c = line.charAt(at);
    switch (c) {
      case ' ', '\t', '\r' -> at++;
      case '\n', ';' -> operator(Kind.END, 1);
      case '|' -> operator(Kind.PIPE, 1);
      case '>' -> {
        boolean twice = peek(1) == '>';
        operator(twice ? Kind.APPEND : Kind.WRITE, twice ? 2 : 1);
      }
      case '#' -> comment();
      case '{' -> {
        if (!tokens.isEmpty() && tokens.getLast().kind() == Kind.PIPE) {
          closure();
        } else {
          word();
        }
      }
      default -> {
        if (c == '&' && AFTER_AMPERSAND.indexOf(peek(1)) >= 0) {
          operator(Kind.BACKGROUND, 1);
        } else {
          word();
        }
      }
    }
  }

  private char peek(int distance) {
    return at + distance < line.length() ? line.charAt(at + distance) : ' ';
  }

  private void operator(Kind kind, int length) {
    tokens.add(new Token(kind, line.substring(at, at + length), at, at + length, (char) 0));
    at += length;
  }

  /** To the end of the line. */
  private void comment() {
    int end = line.indexOf('\n', at);
    at = end < 0 ? line.length() : end;
  }

  private void word() {
    int start = at;
    char open = 0;
    StringBuilder text = new StringBuilder();
    while (at < line.length() && " \t\r\n;|>".indexOf(line.charAt(at)) < 0) {
      char c = line.charAt(at);
      if (c == '&' && AFTER_AMPERSAND.indexOf(peek(1)) >= 0) {
        break;
      }
      switch (c) {
        case '\'', '"' -> open = quoted(c, text);
        case '\\' -> open = escaped(text);
        default -> {
          text.append(c);
          at++;
        }
      }
    }
    tokens.add(new Token(Kind.WORD, text.toString(), start, at, open));
  }

  private char quoted(char quote, StringBuilder text) {
    at++;
    while (at < line.length()) {
      char c = line.charAt(at++);
      if (c == quote) {
        return 0;
      }
      boolean escape = c == '\\' && quote == '"' && (peek(0) == '"' || peek(0) == '\\');
      text.append(escape ? line.charAt(at++) : c);
    }
    return quote;
  }

  private char escaped(StringBuilder text) {
    if (at + 1 >= line.length()) {
      at++;
      return '\\';
    }
    char c = line.charAt(at + 1);
    if (c != '\n') {
      text.append(c);
    }
    at += 2;
    return 0;
  }

  private void closure() {
    int start = at;
    int depth = 0;
    do {
      char c = line.charAt(at);
      switch (c) {
        case '\'', '"' -> quoted(c, new StringBuilder());
        case '{' -> {
          depth++;
          at++;
        }
        case '}' -> {
          depth--;
          at++;
        }
        default -> at++;
      }
    } while (depth > 0 && at < line.length());
    tokens.add(
        new Token(Kind.CLOSURE, line.substring(start, at), start, at, depth > 0 ? '}' : (char) 0));
  }
}
