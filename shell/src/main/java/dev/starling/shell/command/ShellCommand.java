package dev.starling.shell.command;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandResult;
import dev.starling.api.command.StarlingCommand;
import dev.starling.shell.command.ShellCommand.Left;
import dev.starling.shell.host.CommandHost;
import dev.starling.shell.plugin.PluginHost;
import dev.starling.shell.prompt.Prompt;
import dev.starling.shell.session.LineRunner;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code shell}. */
@Command(
    name = "shell",
    description = {
      "Open the interactive shell, as 'starling' alone does on a terminal.",
      "With -c, or lines on standard input, run those instead of asking for them."
    },
    footer = {
      "",
      "Lines: a command, without 'starling' before it, or else Groovy",
      "  ls                              a command; TAB completes what it takes",
      "  img = inspect app:1             a variable keeps its result; _ is the last one",
      "  img.images.size()               Groovy, over the fields that 'help inspect' lists",
      "  pull(image: 'app:1').digest     a command as a method",
      "  ls | { it.findAll { it.lazy } } a pipe into a closure, which gets the result",
      "  ls | grep app | head -5         a pipe into grep, head, tail or less, which get its text",
      "  inspect app:1 > app.txt         into a file; >> appends",
      "  convert app:1 app:1-esgz &      in the background: see 'help jobs', 'help fg', 'help kill'",
      "  pull app:1; check app:1         one after another, until one fails",
      "  alias la='ls --format json'     a word for the beginning of a line: 'help alias'",
      "  !!  !pull  !12                  lines again: 'help history'",
      "A line that is not finished (quotes, braces, a pipe, Groovy's blocks) goes on on the next.",
      "",
      "Keys:",
      "TAB completes, the right arrow takes the grey suggestion, Ctrl-R searches the history,",
      "Ctrl-C clears the line or cancels what runs in the foreground, Ctrl-D leaves.",
      "",
      "Examples:",
      "  starling -c 'pull registry.example/app:1.0; check registry.example/app:1.0'",
      "  starling --keep-going < lines.txt",
      "",
      "See also: script, help prompt, help scripts"
    })
final class ShellCommand implements StarlingCommand<Left> {

  @Option(
      names = "-c",
      paramLabel = "LINES",
      description =
          "Run these lines, parted by semicolons or newlines; the first failure ends them.")
  private @Nullable String lines;

  @Option(
      names = "--keep-going",
      description =
          "With -c and standard input: go on after a failure; the exit code is the first's.")
  private boolean keepGoing;

  private final CommandHost host;
  private final PluginHost plugins;
  private final boolean prompt;

  /**
   * @param prompt whether lines are asked for, instead of read from standard input
   */
  ShellCommand(CommandHost host, PluginHost plugins, boolean prompt) {
    this.host = host;
    this.plugins = plugins;
    this.prompt = prompt;
  }

  /**
   * The shell was left.
   *
   * @param exitCode of the first line that failed, or 0
   */
  public record Left(int exitCode) implements CommandResult {
    @Override
    public void writeText(PrintWriter out) {}
  }

  @Override
  public Left run(CommandContext context) throws Exception {
    Path aliases = context.directories().config().resolve("aliases");
    if (lines == null && prompt) {
      Prompt.run(host, plugins, context.directories().data().resolve("history"), aliases);
      return new Left(0);
    }
    try (LineRunner runner = new LineRunner(host, plugins, aliases, keepGoing)) {
      return new Left(
          lines != null
              ? runner.run(lines)
              : runner.run(
                  new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))));
    }
  }
}
