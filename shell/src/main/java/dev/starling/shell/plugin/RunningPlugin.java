package dev.starling.shell.plugin;

import dev.starling.api.command.CommandDefinition;
import dev.starling.api.command.CommandProvider;
import dev.starling.api.command.StarlingDirectories;
import dev.starling.api.job.Log;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.TreeSet;

/**
 * A plugin that runs.
 *
 * @param commands what it brings
 */
record RunningPlugin(
    PluginCandidate candidate, PluginLayer layer, List<CommandDefinition<?>> commands) {

  RunningPlugin {
    commands = List.copyOf(commands);
  }

  /**
   * Asks a started plugin for its commands.
   *
   * @throws PluginException if it has none or fails to make them
   */
  static RunningPlugin of(PluginCandidate candidate, PluginLayer layer) throws PluginException {
    return new RunningPlugin(candidate, layer, commands(candidate, layer));
  }

  private static List<CommandDefinition<?>> commands(PluginCandidate candidate, PluginLayer layer)
      throws PluginException {
    try {
      List<CommandDefinition<?>> commands = new ArrayList<>();
      for (CommandProvider provider : layer.providers()) {
        commands.addAll(provider.commands());
      }
      if (commands.isEmpty()) {
        throw new PluginException(
            "plugin "
                + candidate.id()
                + ": none of its modules provides "
                + CommandProvider.class.getName());
      }
      return commands;
    } catch (RuntimeException | ServiceConfigurationError | LinkageError e) {
      throw new PluginException(
          "plugin " + candidate.id() + ": its commands cannot be made: " + reason(e), e);
    }
  }

  /** What failed, and what made it fail: a service's error alone tells little. */
  private static String reason(Throwable failure) {
    Throwable cause = failure.getCause();
    if (cause == null) {
      return failure.toString();
    }
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return failure.getMessage() + ": " + cause;
  }

  String id() {
    return candidate.id();
  }

  /** The names of its commands and their aliases. */
  Set<String> words() {
    Set<String> words = new TreeSet<>();
    for (CommandDefinition<?> command : commands) {
      words.add(command.name());
      words.addAll(command.aliases());
    }
    return words;
  }

  /** Has it remove what its killed processes left; what goes wrong is told. */
  void sweep(StarlingDirectories directories, Log log) {
    try {
      for (CommandProvider provider : layer.providers()) {
        provider.sweep(directories, log);
      }
    } catch (IOException | RuntimeException e) {
      log.warn("plugin " + id() + " could not tidy up: " + e.getMessage());
    }
  }
}
