package dev.starling.shell.command;

import dev.starling.api.command.CommandDefinition;
import dev.starling.api.command.Placement;
import dev.starling.shell.demo.DemoCommand;
import dev.starling.shell.demo.DemoResult;
import dev.starling.shell.host.CommandHost;
import dev.starling.shell.plugin.PluginHost;
import java.util.ArrayList;
import java.util.List;

/** The commands that are made with the host at hand. */
public final class HostCommands {

  private HostCommands() {}

  /**
   * Those commands.
   *
   * @param prompt whether the shell asks for lines, instead of reading them from standard input
   */
  public static List<CommandDefinition<?>> of(
      CommandHost host, PluginHost plugins, boolean prompt) {
    List<CommandDefinition<?>> commands = new ArrayList<>(PluginCommands.of(plugins.management()));
    commands.addAll(
        List.of(
            new CommandDefinition<>(
                ShellCommand.Left.class,
                ShellCommand.class,
                () -> new ShellCommand(host, plugins, prompt),
                Placement.TOP),
            new CommandDefinition<>(
                ScriptCommand.ScriptResult.class,
                ScriptCommand.class,
                () -> new ScriptCommand(host, plugins),
                Placement.TOP),
            new CommandDefinition<>(
                DemoResult.class, DemoCommand.class, () -> new DemoCommand(host), Placement.TOP),
            new CommandDefinition<>(
                HelpCommand.Explained.class,
                HelpCommand.class,
                () -> new HelpCommand(host),
                Placement.TOP),
            new CommandDefinition<>(
                CompletionCommand.Script.class,
                CompletionCommand.class,
                () -> new CompletionCommand(host),
                Placement.TOP),
            new CommandDefinition<>(
                VersionCommand.Versions.class,
                VersionCommand.class,
                VersionCommand::new,
                Placement.TOP)));
    return List.copyOf(commands);
  }
}
