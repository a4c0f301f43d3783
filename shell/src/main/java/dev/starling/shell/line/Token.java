package dev.starling.shell.line;

/**
 * A part of a command line.
 *
 * @param kind what it is
 * @param text a word without its quotes, anything else as it was written
 * @param start where it begins in the line
 * @param end where it ends, exclusive
 * @param open the character that it still misses at the end of the line, or 0
 */
public record Token(Kind kind, String text, int start, int end, char open) {

  /** What a token is. */
  public enum Kind {
    /** A word, quoted or not. */
    WORD,
    /** Groovy in braces after a pipe. */
    CLOSURE,
    /** {@code |}. */
    PIPE,
    /** {@code >}. */
    WRITE,
    /** {@code >>}. */
    APPEND,
    /** {@code &}. */
    BACKGROUND,
    /** {@code ;} or the end of a line. */
    END
  }

  /** Whether a new statement may begin after it. */
  public boolean endsStatement() {
    return kind == Kind.END || kind == Kind.BACKGROUND;
  }
}
