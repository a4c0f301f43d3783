package dev.starling.shell.line;

import dev.starling.api.command.UsageException;
import dev.starling.shell.line.Statement.Stage;
import dev.starling.shell.line.Statement.Target;
import dev.starling.shell.line.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes statements of a line. Immutable. */
public final class LineParser {

  private static final Pattern ASSIGNMENT =
      Pattern.compile("\\s*(?:def\\s+|var\\s+)?([a-zA-Z_]\\w*)\\s*=(?![=~])(.*)", Pattern.DOTALL);
  private static final Pattern COMMENTS = Pattern.compile("(\\s*#[^\\n]*(\\n|$))+");

  private final Supplier<Set<String>> commands;

  /**
   * @param commands the words that begin a command, asked for each line
   */
  public LineParser(Supplier<Set<String>> commands) {
    this.commands = commands;
  }

  /** What the line is; an assignment of a command's result is a command. */
  public LineKind kind(String line) {
    return LineKind.of(withoutVariable(withoutComments(line)), commands.get());
  }

  /** The line's tokens, for completion and colours; as if it was a command. */
  public List<Token> tokens(String line) {
    return Lexer.tokens(line);
  }

  /** Whether a command line ends too early: within quotes or braces, or after a pipe. */
  public boolean isOpen(String line) {
    List<Token> tokens = Lexer.tokens(withoutVariable(withoutComments(line)));
    return !tokens.isEmpty()
        && (tokens.getLast().open() != 0 || tokens.getLast().kind() == Kind.PIPE);
  }

  /**
   * The line's first statement.
   *
   * @return it and where the rest of the line begins; null if the line is blank
   * @throws UsageException if it is malformed
   */
  public @Nullable First first(String line) {
    String text = withoutComments(line);
    return switch (kind(text)) {
      case BLANK -> null;
      case GROOVY -> new First(new Statement.Groovy(text), "");
      case COMMAND -> command(text);
    };
  }

  /**
   * A statement and what follows it.
   *
   * @param rest the text after it
   */
  public record First(Statement statement, String rest) {}

  /** The text before the first statement's words: the variable that takes its value, and blanks. */
  public String prefix(String line) {
    String text = withoutComments(line);
    return line.substring(0, line.length() - withoutVariable(text).stripLeading().length());
  }

  private String withoutVariable(String text) {
    Matcher matcher = ASSIGNMENT.matcher(text);
    return matcher.matches() && LineKind.of(matcher.group(2), commands.get()) == LineKind.COMMAND
        ? matcher.group(2)
        : text;
  }

  private static String withoutComments(String line) {
    Matcher matcher = COMMENTS.matcher(line);
    return matcher.lookingAt() ? line.substring(matcher.end()) : line;
  }

  private First command(String text) {
    String body = withoutVariable(text);
    String variable = null;
    if (body.length() < text.length()) {
      Matcher matcher = ASSIGNMENT.matcher(text);
      variable = matcher.matches() ? matcher.group(1) : null;
    }
    List<Token> tokens = new ArrayList<>();
    Token last = null;
    for (Token token : Lexer.tokens(body)) {
      last = token;
      if (token.endsStatement() && !tokens.isEmpty()) {
        break;
      }
      if (token.kind() != Kind.END) {
        tokens.add(token);
      }
    }
    boolean background = last != null && last.kind() == Kind.BACKGROUND;
    int end = last != null && last.endsStatement() ? last.end() : body.length();
    String written = text.substring(0, text.length() - body.length()) + body.substring(0, end);
    return new First(statement(written.strip(), variable, tokens, background), body.substring(end));
  }

  private static Statement statement(
      String text, @Nullable String variable, List<Token> tokens, boolean background) {
    List<List<Token>> parts = new ArrayList<>(List.of(new ArrayList<>()));
    Target target = null;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.open() != 0) {
        throw new UsageException(
            "the line ends before its closing " + token.open() + "; write it there");
      }
      switch (token.kind()) {
        case WORD, CLOSURE -> parts.getLast().add(token);
        case PIPE -> parts.add(new ArrayList<>());
        case WRITE, APPEND -> {
          i++;
          if (i >= tokens.size() || tokens.get(i).kind() != Kind.WORD) {
            throw new UsageException("a file's name is expected after '" + token.text() + "'");
          }
          target = new Target(tokens.get(i).text(), token.kind() == Kind.APPEND);
        }
        case BACKGROUND, END -> throw new IllegalStateException(token.toString());
      }
    }
    List<Stage> stages = parts.stream().skip(1).map(LineParser::stage).toList();
    return new Statement.Run(text, variable, words(parts.getFirst()), stages, target, background);
  }

  private static Stage stage(List<Token> part) {
    if (part.isEmpty()) {
      throw new UsageException(
          "after '|' a closure in braces is expected, or grep, head, tail or less");
    }
    if (part.getFirst().kind() == Kind.CLOSURE) {
      if (part.size() > 1) {
        throw new UsageException(
            "'" + part.get(1).text() + "' cannot follow a closure; write '|' between them");
      }
      return new Stage.Closure(part.getFirst().text());
    }
    return new Stage.Filter(words(part));
  }

  private static List<String> words(List<Token> part) {
    return part.stream().map(Token::text).toList();
  }
}
