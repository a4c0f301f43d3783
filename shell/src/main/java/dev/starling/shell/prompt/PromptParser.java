package dev.starling.shell.prompt;

import dev.starling.shell.session.Session;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/**
 * Asks for more lines where a command or Groovy text is unfinished, and finds words to complete.
 */
record PromptParser(Session session) implements Parser {

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    if (context != ParseContext.COMPLETE
        && context != ParseContext.SPLIT_LINE
        && session.isOpen(line)) {
      throw new EOFError(-1, -1, "the text is unfinished", "...");
    }
    return TypedLine.of(line, cursor, session.parser());
  }
}
