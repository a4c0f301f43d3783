package dev.starling.shell.config;

import dev.starling.api.command.CommandException;
import dev.starling.api.command.StarlingDirectories;
import dev.starling.api.content.Transports;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings: the environment goes before the user's file, which goes before the machine's,
 * which goes before the defaults. A variable {@code STARLING_CONFIG} names a file that replaces
 * both.
 */
public final class SettingsLoader {

  private final Surroundings surroundings;

  public SettingsLoader(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * Reads the settings.
   *
   * @param warnings told of each unknown key, in one line
   * @throws CommandException if a file or variable is wrong; the line says which and where
   */
  public Settings load(Consumer<String> warnings) throws CommandException {
    String only = surroundings.variable("STARLING_CONFIG");
    SettingsFile user;
    SettingsFile machine = SettingsFile.EMPTY;
    if (only != null) {
      user = SettingsFile.read(Path.of(only), warnings);
      if (user == null) {
        throw new CommandException("STARLING_CONFIG names " + only + ", which does not exist");
      }
    } else {
      user = orEmpty(SettingsFile.read(configDirectory().resolve("config.toml"), warnings));
      machine = orEmpty(SettingsFile.read(surroundings.systemFile(), warnings));
    }
    SortedMap<String, HostSettings> hosts = new TreeMap<>(machine.hosts());
    hosts.putAll(user.hosts());
    return new Settings(directories(user, machine), parallelTransfers(user, machine), hosts);
  }

  private static SettingsFile orEmpty(@Nullable SettingsFile file) {
    return Objects.requireNonNullElse(file, SettingsFile.EMPTY);
  }

  private Path configDirectory() {
    return surroundings.xdg("XDG_CONFIG_HOME", surroundings.home().resolve(".config/starling"));
  }

  private StarlingDirectories directories(SettingsFile user, SettingsFile machine)
      throws CommandException {
    Path data =
        first(
            directory("STARLING_DATA_DIR"),
            user.dataDirectory(),
            machine.dataDirectory(),
            surroundings.root()
                ? Path.of("/var/lib/starling")
                : surroundings.xdg(
                    "XDG_DATA_HOME", surroundings.home().resolve(".local/share/starling")));
    Path runtime =
        first(
            directory("STARLING_RUNTIME_DIR"),
            user.runtimeDirectory(),
            machine.runtimeDirectory(),
            surroundings.root()
                ? Path.of("/run/starling")
                : surroundings.xdg("XDG_RUNTIME_DIR", data.resolve("run")));
    return new StarlingDirectories(data, runtime, configDirectory());
  }

  private @Nullable Path directory(String variable) throws CommandException {
    String value = surroundings.variable(variable);
    if (value == null) {
      return null;
    }
    if (!value.startsWith("/")) {
      throw new CommandException(variable + " is '" + value + "'; expected an absolute path");
    }
    return Path.of(value);
  }

  private static Path first(
      @Nullable Path variable, @Nullable Path user, @Nullable Path machine, Path fallback) {
    return variable != null
        ? variable
        : user != null ? user : Objects.requireNonNullElse(machine, fallback);
  }

  private int parallelTransfers(SettingsFile user, SettingsFile machine) throws CommandException {
    String value = surroundings.variable("STARLING_PARALLEL_TRANSFERS");
    if (value != null) {
      if (!value.matches("[0-9]{1,2}")
          || Integer.parseInt(value) < 1
          || Integer.parseInt(value) > Settings.MAX_PARALLEL_TRANSFERS) {
        throw new CommandException(
            "STARLING_PARALLEL_TRANSFERS is '%s'; expected a number from 1 to %d"
                .formatted(value, Settings.MAX_PARALLEL_TRANSFERS));
      }
      return Integer.parseInt(value);
    }
    Integer inFile =
        user.parallelTransfers() != null ? user.parallelTransfers() : machine.parallelTransfers();
    return Objects.requireNonNullElse(inFile, Transports.DEFAULT_PARALLEL_TRANSFERS);
  }
}
