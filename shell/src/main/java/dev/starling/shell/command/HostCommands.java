package dev.starling.shell.command;

import dev.starling.api.command.CommandDefinition;
import dev.starling.api.command.CommandResult;
import dev.starling.api.command.Placement;
import dev.starling.api.command.StarlingCommand;
import dev.starling.shell.demo.DemoCommand;
import dev.starling.shell.demo.DemoResult;
import dev.starling.shell.host.CommandFamily;
import dev.starling.shell.host.CommandHost;
import dev.starling.shell.image.ImageCommands;
import dev.starling.shell.plugin.PluginHost;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The commands of the program itself, but for those that only a shell has. */
public final class HostCommands {

  private HostCommands() {}

  /**
   * Those commands.
   *
   * @param prompt whether the shell asks for lines, instead of reading them from standard input
   */
  public static List<CommandFamily> of(CommandHost host, PluginHost plugins, boolean prompt) {
    return List.of(
        new CommandFamily(ImageCommands.WORDS, ImageCommands::all),
        new CommandFamily(PluginCommands.WORDS, () -> PluginCommands.of(plugins.management())),
        top(
            "shell",
            ShellCommand.Left.class,
            ShellCommand.class,
            () -> new ShellCommand(host, plugins, prompt)),
        top(
            "script",
            ScriptCommand.ScriptResult.class,
            ScriptCommand.class,
            () -> new ScriptCommand(host, plugins)),
        top("demo", DemoResult.class, DemoCommand.class, () -> new DemoCommand(host)),
        top("help", HelpCommand.Explained.class, HelpCommand.class, () -> new HelpCommand(host)),
        top(
            "completion",
            CompletionCommand.Script.class,
            CompletionCommand.class,
            () -> new CompletionCommand(host)),
        top("version", VersionCommand.Versions.class, VersionCommand.class, VersionCommand::new));
  }

  private static <R extends CommandResult> CommandFamily top(
      String name,
      Class<R> result,
      Class<? extends StarlingCommand<R>> type,
      Supplier<? extends StarlingCommand<R>> factory) {
    return new CommandFamily(
        Set.of(name), () -> List.of(new CommandDefinition<>(result, type, factory, Placement.TOP)));
  }
}
