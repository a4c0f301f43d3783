package dev.starling.shell.command;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandResult;
import dev.starling.api.command.StarlingCommand;
import dev.starling.shell.command.ShellCommand.Left;
import dev.starling.shell.host.CommandHost;
import dev.starling.shell.plugin.PluginHost;
import dev.starling.shell.prompt.Prompt;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** {@code shell}. */
@Command(
    name = "shell",
    description = {
      "Open the interactive shell, as 'starling' alone does on a terminal.",
      "A line is a command, without 'starling' before it, or else Groovy. TAB completes, Ctrl-C"
          + " cancels what runs, Ctrl-D leaves; _ is the last result."
    })
final class ShellCommand implements StarlingCommand<Left> {

  private final CommandHost host;
  private final PluginHost plugins;

  ShellCommand(CommandHost host, PluginHost plugins) {
    this.host = host;
    this.plugins = plugins;
  }

  /** The shell was left. */
  public record Left() implements CommandResult {
    @Override
    public void writeText(PrintWriter out) {}
  }

  @Override
  public Left run(CommandContext context) throws Exception {
    Prompt.run(
        host,
        plugins,
        context.directories().data().resolve("history"),
        context.directories().config().resolve("aliases"));
    return new Left();
  }
}
