package dev.starling.shell.session;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandResult;
import dev.starling.api.command.StarlingCommand;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code history}. */
@Command(
    name = "history",
    description = "List the last lines that were typed.",
    footer = {
      "",
      "!12 runs line 12 again, !! the last one, !con the last that begins with 'con'; !$ in a line",
      "is the last word of the line before. Ctrl-R searches. Lines with passwords or tokens in them,",
      "and those that begin with a blank, are not kept.",
      "",
      "Examples:",
      "  history 20",
      "  history | grep convert",
      "",
      "See also: alias, help prompt"
    })
final class HistoryCommand implements StarlingCommand<HistoryCommand.Lines> {

  @Parameters(arity = "0..1", paramLabel = "COUNT", description = "How many; default 50.")
  private int count = 50;

  private final Supplier<List<Line>> history;

  HistoryCommand(Supplier<List<Line>> history) {
    this.history = history;
  }

  /**
   * A line that was typed.
   *
   * @param number what {@code !NUMBER} says
   */
  public record Line(int number, String text) {}

  /**
   * Lines.
   *
   * @param lines the oldest first
   */
  public record Lines(List<Line> lines) implements CommandResult {
    public Lines {
      lines = List.copyOf(lines);
    }

    @Override
    public void writeText(PrintWriter out) {
      lines.forEach(line -> out.printf(Locale.ROOT, "%5d  %s%n", line.number(), line.text()));
    }
  }

  @Override
  public Lines run(CommandContext context) {
    List<Line> all = history.get();
    return new Lines(all.subList(Math.max(0, all.size() - Math.max(0, count)), all.size()));
  }
}
