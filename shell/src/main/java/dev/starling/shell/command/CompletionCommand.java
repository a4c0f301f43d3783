package dev.starling.shell.command;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandResult;
import dev.starling.api.command.StarlingCommand;
import dev.starling.shell.command.CompletionCommand.Script;
import dev.starling.shell.completion.CompletionScript;
import dev.starling.shell.completion.CompletionTable;
import dev.starling.shell.host.CommandHost;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code completion}. */
@Command(
    name = "completion",
    description = "Print a script that has bash, zsh or fish complete Starling's commands.",
    footer = {
      "",
      "TAB then completes commands, options and their values, platforms, files, and the names in",
      "the local image store, for starling, ./starling or any other path to it. The script holds",
      "all that it proposes but names and files, so that nothing is started at a TAB: print it anew",
      "when a plugin came or went. Tags of registries are completed in the interactive shell only.",
      "",
      "Files: where shells look by themselves",
      "  ~/.local/share/bash-completion/completions/starling   bash, with bash-completion",
      "  ~/.config/fish/completions/starling.fish              fish",
      "  a file _starling in a folder of $fpath                zsh",
      "",
      "Examples:",
      "  source <(starling completion bash)",
      "  source <(starling completion zsh)",
      "  starling completion fish | source",
      "  starling completion bash > ~/.local/share/bash-completion/completions/starling",
      "",
      "See also: shell, help"
    })
final class CompletionCommand implements StarlingCommand<Script> {

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SHELL",
      description = "bash (the default), zsh or fish.")
  private CompletionScript shell = CompletionScript.BASH;

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
    return new Script(shell.text(CompletionTable.of(host.commands().tree(), context)));
  }
}
