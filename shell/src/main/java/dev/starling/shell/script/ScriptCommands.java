package dev.starling.shell.script;

import dev.starling.api.command.CommandException;
import dev.starling.api.command.CommandResult;
import dev.starling.shell.host.CommandHost;
import dev.starling.shell.host.JobScope;
import dev.starling.shell.progress.ProgressReporter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a script calls when it calls a command. Thread-safe. */
final class ScriptCommands {

  private final CommandHost host;
  private final boolean quiet;
  private final JobScope scope;
  private final ScriptLog log;

  ScriptCommands(CommandHost host, boolean quiet, JobScope scope) {
    this.host = host;
    this.quiet = quiet;
    this.scope = scope;
    this.log = new ScriptLog(scope);
  }

  /** Where scripts write messages. */
  ScriptLog log() {
    return log;
  }

  /** Where progress is shown, to be closed with what is in progress. */
  ProgressReporter reporter() {
    return scope.reporter(quiet);
  }

  /**
   * Whether there is a command of that name.
   *
   * @throws CommandException if there would be, but its plugin cannot be used
   */
  boolean has(String name) throws CommandException {
    if (host.commands().signature(name) != null) {
      return true;
    }
    String absence = host.commands().absence(name);
    if (absence != null) {
      throw new CommandException(absence);
    }
    return false;
  }

  /**
   * Runs a command.
   *
   * @param arguments a map of named arguments first, as Groovy passes them, then positional ones
   * @throws CommandFailedException if its record reports a failure
   * @throws Exception what the command throws
   */
  CommandResult call(String name, @Nullable Object[] arguments) throws Exception {
    Map<String, Object> named = new LinkedHashMap<>();
    List<Object> positional = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      if (i == 0 && arguments[i] instanceof Map<?, ?> map) {
        map.forEach((key, value) -> named.put(String.valueOf(key), value));
      } else if (arguments[i] != null) {
        positional.add(arguments[i]);
      }
    }
    CommandResult result = host.call(name, named, positional, quiet, scope);
    if (result.exitCode() != 0) {
      throw new CommandFailedException(name, result);
    }
    return result;
  }
}
