package dev.starling.shell.plugin;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a plugin.
 *
 * @param id its id
 * @param version its version
 * @param state whether it runs
 * @param path where it lies
 * @param commands the names of its commands: those that run, or those that its descriptor lists
 * @param modules its modules, if it runs
 * @param problem why it cannot be used, or null
 */
public record PluginInfo(
    String id,
    String version,
    State state,
    Path path,
    List<String> commands,
    List<String> modules,
    @Nullable String problem) {

  /** Whether a plugin runs. */
  public enum State {
    /** Its commands can be used. */
    LOADED,
    /** It was unloaded by hand, or not asked for yet. */
    UNLOADED,
    /** It cannot be used. */
    FAILED
  }

  public PluginInfo {
    commands = List.copyOf(commands);
    modules = List.copyOf(modules);
  }
}
