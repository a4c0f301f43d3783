package dev.starling.shell.command;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandResult;
import dev.starling.api.command.StarlingCommand;
import dev.starling.shell.command.ScriptCommand.ScriptResult;
import dev.starling.shell.host.CommandHost;
import dev.starling.shell.plugin.PluginHost;
import dev.starling.shell.script.CompiledScripts;
import dev.starling.shell.script.ScriptProblem;
import dev.starling.shell.script.ScriptSession;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code script}. */
@Command(
    name = "script",
    description = {
      "Run a Groovy script.",
      "Every command is a method in it, with named arguments, that returns its record:",
      "  def made = convert(source: 'a:1', target: 'b:1', platforms: ['linux/arm64'])",
      "A command that fails throws an exception; one that the script does not catch ends it with the"
          + " command's exit code. With --format json the value of the last line is printed.",
      "With --check nothing is run: wrong names of commands, their options and the fields of their"
          + " records are listed with their lines, and the exit code is 1 if there are any."
    },
    footer = {
      "",
      "Examples:",
      "  starling script scripts/audit-repository.groovy ghcr.io/acme/app",
      "  starling script --check scripts/*.groovy",
      "",
      "See also: shell, help scripts, help exit-codes"
    })
final class ScriptCommand implements StarlingCommand<ScriptResult> {

  @Option(
      names = "--check",
      description = "Type-check FILE, and the files after it, against the commands; run nothing.")
  private boolean check;

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
   * What a script returned, or what checking scripts found.
   *
   * @param value the value of its last line; null if it was not run
   * @param checked the files that were checked; none if one was run
   * @param problems what the checked files would fail with
   */
  public record ScriptResult(
      @Nullable Object value, List<String> checked, List<ScriptProblem> problems)
      implements CommandResult {

    public ScriptResult {
      checked = List.copyOf(checked);
      problems = List.copyOf(problems);
    }

    @Override
    public void writeText(PrintWriter out) {
      // A script prints what it wants to be seen.
      problems.forEach(out::println);
      if (!checked.isEmpty()) {
        out.println(
            problems.isEmpty()
                ? "nothing wrong in " + String.join(", ", checked)
                : problems.size() + (problems.size() == 1 ? " problem" : " problems"));
      }
    }

    @Override
    public int exitCode() {
      return problems.isEmpty() ? 0 : 1;
    }
  }

  @Override
  public ScriptResult run(CommandContext context) throws Exception {
    CompiledScripts kept =
        new CompiledScripts(context.directories().data().resolve("compiled-scripts"));
    ScriptSession session = new ScriptSession(host, plugins, false, host.scope(), kept);
    if (check) {
      return check(session);
    }
    String text = Files.readString(file);
    session.set("args", List.copyOf(arguments));
    return new ScriptResult(
        session.evaluate(text, String.valueOf(file.getFileName())), List.of(), List.of());
  }

  private ScriptResult check(ScriptSession session) throws IOException {
    List<String> files = new ArrayList<>(List.of(file.toString()));
    files.addAll(arguments);
    List<ScriptProblem> problems = new ArrayList<>();
    for (String each : files) {
      problems.addAll(session.check(Files.readString(Path.of(each)), each));
    }
    return new ScriptResult(null, files, problems);
  }
}
