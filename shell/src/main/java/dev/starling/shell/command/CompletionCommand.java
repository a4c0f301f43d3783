package dev.starling.shell.command;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandResult;
import dev.starling.api.command.StarlingCommand;
import dev.starling.shell.command.CompletionCommand.Script;
import dev.starling.shell.host.CommandHost;
import java.io.PrintWriter;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** {@code completion}. */
@Command(
    name = "completion",
    description = {
      "Print a completion script for bash and zsh.",
      "Use it by: source <(starling completion)"
    })
final class CompletionCommand implements StarlingCommand<Script> {

  private final CommandHost host;

  CompletionCommand(CommandHost host) {
    this.host = host;
  }

  /**
   * A completion script.
   *
   * @param script its text
   */
  public record Script(String script) implements CommandResult {
    @Override
    public void writeText(PrintWriter out) {
      out.print(script);
    }
  }

  @Override
  public Script run(CommandContext context) {
    return new Script(AutoComplete.bash("starling", host.commands().tree()));
  }
}
