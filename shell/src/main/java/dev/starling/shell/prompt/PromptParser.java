package dev.starling.shell.prompt;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.impl.DefaultParser;

/**
 * Parts commands into words, and asks for more lines where a command or Groovy text is unfinished.
 */
final class PromptParser implements Parser {

  private final DefaultParser finished = new DefaultParser();
  private final DefaultParser lenient = new DefaultParser();
  private final Function<String, LineKind> kinds;
  private final Predicate<String> incomplete;

  /**
   * @param kinds what a line is
   * @param incomplete whether Groovy text ends too early
   */
  PromptParser(Function<String, LineKind> kinds, Predicate<String> incomplete) {
    this.kinds = kinds;
    this.incomplete = incomplete;
    finished.setEofOnUnclosedQuote(true);
    finished.setEofOnEscapedNewLine(true);
    lenient.setEofOnUnclosedQuote(false);
    lenient.setEofOnEscapedNewLine(false);
  }

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    if (context == ParseContext.COMPLETE) {
      return lenient.parse(line, cursor, context);
    }
    return switch (kinds.apply(line)) {
      case BLANK -> new WholeLine(line, cursor);
      case COMMAND -> finished.parse(line, cursor, context);
      case GROOVY -> {
        if (incomplete.test(line)) {
          throw new EOFError(-1, -1, "the text is unfinished", "...");
        }
        yield new WholeLine(line, cursor);
      }
    };
  }

  /** The words of a command line. */
  List<String> words(String line) {
    return finished.parse(line, line.length(), ParseContext.ACCEPT_LINE).words();
  }

  /** A line that has no words. */
  private record WholeLine(String line, int cursor) implements CompletingParsedLine {
    @Override
    public String word() {
      return line;
    }

    @Override
    public int wordCursor() {
      return cursor;
    }

    @Override
    public int wordIndex() {
      return 0;
    }

    @Override
    public List<String> words() {
      return List.of(line);
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
      return candidate;
    }

    @Override
    public int rawWordCursor() {
      return cursor;
    }

    @Override
    public int rawWordLength() {
      return line.length();
    }
  }
}
