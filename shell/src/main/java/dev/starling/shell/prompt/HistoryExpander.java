package dev.starling.shell.prompt;

import dev.starling.shell.line.LineKind;
import dev.starling.shell.session.Session;
import java.util.regex.Pattern;
import org.jline.reader.History;
import org.jline.reader.impl.DefaultExpander;

/**
 * Expands {@code !} where it cannot be Groovy's: {@code !!}, {@code !12}, {@code !-2} and {@code
 * !word} at the beginning of a line, {@code !!} and {@code !$} within a command.
 */
final class HistoryExpander extends DefaultExpander {

  private static final Pattern EVENT = Pattern.compile("\\s*!(!|-?\\d|[a-z?]).*", Pattern.DOTALL);
  private static final Pattern WITHIN =
      Pattern.compile(".*(^|\\s)!([!$])(\\s.*|$)", Pattern.DOTALL);

  private final Session session;

  HistoryExpander(Session session) {
    this.session = session;
  }

  /**
   * The line with its events replaced.
   *
   * @throws IllegalArgumentException if there is no such event; the prompt says so
   */
  @Override
  public String expandHistory(History history, String line) {
    boolean within =
        WITHIN.matcher(line).matches() && session.parser().kind(line) == LineKind.COMMAND;
    return within || EVENT.matcher(line).matches() ? super.expandHistory(history, line) : line;
  }

  @Override
  public String expandVar(String word) {
    return word;
  }
}
