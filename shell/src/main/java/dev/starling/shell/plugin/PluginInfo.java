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
 * @param provider who made it, or null
 * @param description what it does, or null
 * @param requires the versions of Starling that it works with, or null for any
 * @param dependencies the ids of the plugins that it builds on
 * @param origin whose it is
 * @param path where it lies
 * @param commands the names of its commands: those that run, or those that its descriptor lists
 * @param modules its modules, if it runs and has any
 * @param jars what it is made of, in the folder, zip or jar where it lies; empty if it is not
 *     loaded
 * @param problem why it cannot be used, or null
 */
public record PluginInfo(
    String id,
    String version,
    State state,
    @Nullable String provider,
    @Nullable String description,
    @Nullable String requires,
    List<String> dependencies,
    Origin origin,
    Path path,
    List<String> commands,
    List<String> modules,
    List<String> jars,
    @Nullable String problem) {

  /** Whether a plugin runs. */
  public enum State {
    /** Its commands can be used. */
    LOADED,
    /** It was unloaded by hand, or not asked for yet. */
    UNLOADED,
    /** The user does not want it. */
    DISABLED,
    /** It cannot be used. */
    FAILED
  }

  /** Whose a plugin is. */
  public enum Origin {
    /** The program's own. */
    INSTALLATION,
    /** In the user's plugin folder. */
    USER,
    /** Loaded from another place, for this process. */
    ELSEWHERE
  }

  public PluginInfo {
    dependencies = List.copyOf(dependencies);
    commands = List.copyOf(commands);
    modules = List.copyOf(modules);
    jars = List.copyOf(jars);
  }
}
