package dev.starling.shell.command;

import dev.starling.api.command.CommandResult;
import dev.starling.api.command.StarlingCommand;
import dev.starling.shell.plugin.PluginManagement;
import picocli.CommandLine.Parameters;

/**
 * A command about one plugin, whose id is its only word.
 *
 * @param <R> what the command returns
 */
abstract class OnePluginCommand<R extends CommandResult>
    implements StarlingCommand<R>, AboutPlugin {

  @Parameters(
      paramLabel = "ID",
      completionCandidates = PluginIds.class,
      description = "The plugin's id.")
  private String id = "";

  private final PluginManagement plugins;

  OnePluginCommand(PluginManagement plugins) {
    this.plugins = plugins;
  }

  final String id() {
    return id;
  }

  @Override
  public final PluginManagement plugins() {
    return plugins;
  }
}
