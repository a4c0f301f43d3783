package dev.starling.shell.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the process finds around it, as a value, so that tests can choose it.
 *
 * @param environment the environment's variables
 * @param home the user's home directory
 * @param root whether the user is root
 * @param systemFile the machine's configuration file
 */
public record Surroundings(
    Map<String, String> environment, Path home, boolean root, Path systemFile) {

  public Surroundings {
    environment = Map.copyOf(environment);
  }

  /** Those of this process. */
  public static Surroundings current() {
    return new Surroundings(
        System.getenv(),
        Path.of(System.getProperty("user.home", "/")),
        isRoot(),
        Path.of("/etc/starling/config.toml"));
  }

  private static boolean isRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return "root".equals(System.getProperty("user.name"));
    }
  }

  /** A variable, or null if it is unset or empty. */
  @Nullable String variable(String name) {
    String value = environment.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /**
   * Starling's part of a directory of the XDG specification, which has relative paths ignored.
   *
   * @param fallback what it is if the variable is unset or relative
   */
  Path xdg(String name, Path fallback) {
    String value = variable(name);
    return value != null && value.startsWith("/") ? Path.of(value, "starling") : fallback;
  }
}
