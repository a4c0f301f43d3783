package dev.starling.shell.command;

import dev.starling.api.command.CommandDefinition;
import dev.starling.api.command.CommandResult;
import dev.starling.api.command.Placement;
import dev.starling.api.command.StarlingCommand;
import dev.starling.shell.plugin.PluginManagement;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The commands about plugins: {@code plugin ...}. */
final class PluginCommands {

  /** The word that begins a line that names one of them. */
  static final Set<String> WORDS = Set.of("plugin");

  private static final Placement PLUGIN = Placement.in("plugin");

  private final PluginManagement plugins;

  private PluginCommands(PluginManagement plugins) {
    this.plugins = plugins;
  }

  static List<CommandDefinition<?>> of(PluginManagement plugins) {
    return new PluginCommands(plugins).all();
  }

  private List<CommandDefinition<?>> all() {
    return List.of(
        define(PluginListing.class, PluginListCommand.class, PluginListCommand::new),
        define(PluginDetails.class, PluginInfoCommand.class, PluginInfoCommand::new),
        define(PluginListing.class, PluginInstallCommand.class, PluginInstallCommand::new),
        define(
            PluginUninstallCommand.Uninstalled.class,
            PluginUninstallCommand.class,
            PluginUninstallCommand::new),
        define(PluginListing.class, PluginEnableCommand.class, PluginEnableCommand::new),
        define(PluginListing.class, PluginDisableCommand.class, PluginDisableCommand::new),
        define(PluginListing.class, PluginLoadCommand.class, PluginLoadCommand::new),
        define(
            PluginUnloadCommand.Unloaded.class,
            PluginUnloadCommand.class,
            PluginUnloadCommand::new),
        define(PluginListing.class, PluginReloadCommand.class, PluginReloadCommand::new),
        define(PluginSdkCommand.Sdk.class, PluginSdkCommand.class, _ -> new PluginSdkCommand()));
  }

  private <R extends CommandResult> CommandDefinition<R> define(
      Class<R> result,
      Class<? extends StarlingCommand<R>> type,
      Function<PluginManagement, ? extends StarlingCommand<R>> factory) {
    return new CommandDefinition<>(result, type, () -> factory.apply(plugins), PLUGIN);
  }
}
