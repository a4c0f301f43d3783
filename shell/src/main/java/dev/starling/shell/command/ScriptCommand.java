package dev.starling.shell.command;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandResult;
import dev.starling.api.command.StarlingCommand;
import dev.starling.shell.command.ScriptCommand.ScriptResult;
import dev.starling.shell.host.CommandHost;
import dev.starling.shell.plugin.PluginHost;
import dev.starling.shell.script.ScriptSession;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code script}. */
@Command(
    name = "script",
    description = {
      "Run a Groovy script.",
      "Every command is a method in it, with named arguments, that returns its record:",
      "  def made = convert(source: 'a:1', target: 'b:1', platforms: ['linux/arm64'])",
      "A command that fails throws an exception; one that the script does not catch ends it with the"
          + " command's exit code. With --format json the value of the last line is printed."
    })
final class ScriptCommand implements StarlingCommand<ScriptResult> {

  @Parameters(index = "0", paramLabel = "FILE", description = "The script.")
  private Path file = Path.of("");

  @Parameters(
      index = "1..*",
      paramLabel = "ARGS",
      description = "What the script finds in 'args'. Before words that begin with '-': '--'.")
  private List<String> arguments = new ArrayList<>();

  private final CommandHost host;
  private final PluginHost plugins;

  ScriptCommand(CommandHost host, PluginHost plugins) {
    this.host = host;
    this.plugins = plugins;
  }

  /**
   * What a script returned.
   *
   * @param value the value of its last line
   */
  public record ScriptResult(@Nullable Object value) implements CommandResult {
    @Override
    public void writeText(PrintWriter out) {
      // A script prints what it wants to be seen.
    }
  }

  @Override
  public ScriptResult run(CommandContext context) throws Exception {
    String text = Files.readString(file);
    ScriptSession session = new ScriptSession(host, plugins, false);
    session.set("args", List.copyOf(arguments));
    return new ScriptResult(session.evaluate(text, String.valueOf(file.getFileName())));
  }
}
