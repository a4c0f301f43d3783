package dev.starling.shell.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.command.CommandException;
import dev.starling.api.command.StarlingDirectories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsLoaderTest {

  @TempDir private Path home;
  private Path userFile = Path.of("");
  private Path systemFile = Path.of("");
  private final List<String> warnings = new ArrayList<>();

  @BeforeEach
  void findFiles() throws IOException {
    userFile = Files.createDirectories(home.resolve(".config/starling")).resolve("config.toml");
    systemFile = home.resolve("etc.toml");
  }

  @Test
  void defaultsForAUser() throws IOException {
    assertThat(load(Map.of(), false).directories())
        .isEqualTo(
            new StarlingDirectories(
                home.resolve(".local/share/starling"),
                home.resolve(".local/share/starling/run"),
                home.resolve(".config/starling")));
    assertThat(load(Map.of("XDG_DATA_HOME", "/d", "XDG_RUNTIME_DIR", "/r"), false).directories())
        .isEqualTo(
            new StarlingDirectories(
                Path.of("/d/starling"), Path.of("/r/starling"), home.resolve(".config/starling")));
    assertThat(load(Map.of("XDG_DATA_HOME", "relative"), false).directories().data())
        .isEqualTo(home.resolve(".local/share/starling"));
  }

  @Test
  void defaultsForRoot() throws IOException {
    Settings settings = load(Map.of("XDG_DATA_HOME", "/d"), true);

    assertThat(settings.directories().data()).isEqualTo(Path.of("/var/lib/starling"));
    assertThat(settings.directories().runtime()).isEqualTo(Path.of("/run/starling"));
    assertThat(settings.parallelTransfers()).isEqualTo(4);
    assertThat(settings.hosts()).isEmpty();
  }

  @Test
  void environmentThenUserThenMachine() throws IOException {
    Files.writeString(userFile, "data_dir = \"/user\"\n");
    Files.writeString(
        systemFile, "data_dir = \"/machine\"\nruntime_dir = \"/mrun\"\nparallel_transfers = 7\n");

    Settings fromFiles = load(Map.of(), true);
    assertThat(fromFiles.directories().data()).isEqualTo(Path.of("/user"));
    assertThat(fromFiles.directories().runtime()).isEqualTo(Path.of("/mrun"));
    assertThat(fromFiles.parallelTransfers()).isEqualTo(7);

    Settings overridden =
        load(Map.of("STARLING_DATA_DIR", "/env", "STARLING_PARALLEL_TRANSFERS", "2"), true);
    assertThat(overridden.directories().data()).isEqualTo(Path.of("/env"));
    assertThat(overridden.parallelTransfers()).isEqualTo(2);
  }

  @Test
  void readsHosts() throws IOException {
    Files.writeString(
        userFile,
        """
        [registry."docker.io"]
        mirrors = ["mirror.example:5000", "https://other.example"]
        ca_file = "/etc/ssl/corp.pem"

        [registry."docker.io".headers]
        X-Team = "storage"

        [registry."registry2:5000"]
        plain_http = true
        """);

    Settings settings = load(Map.of(), false);

    assertThat(settings.hosts())
        .containsEntry(
            "docker.io",
            new HostSettings(
                List.of("mirror.example:5000", "https://other.example"),
                false,
                Path.of("/etc/ssl/corp.pem"),
                Map.of("X-Team", "storage")))
        .containsEntry("registry2:5000", new HostSettings(List.of(), true, null, Map.of()));
    assertThat(warnings).isEmpty();
    assertThat(settings.toString()).doesNotContain("storage");
  }

  @Test
  void oneLineForAnUnknownKey() throws IOException {
    Files.writeString(
        userFile, "data_dir = \"/d\"\nspeed = 9\n[registry.\"a.example\"]\nplain-http = true\n");

    load(Map.of(), false);

    assertThat(warnings)
        .containsExactly(
            userFile
                + ", line 4: unknown key 'registry.\"a.example\".plain-http' is ignored;"
                + " known here: mirrors, plain_http, ca_file, headers",
            userFile
                + ", line 2: unknown key 'speed' is ignored;"
                + " known here: data_dir, runtime_dir, parallel_transfers, registry");
  }

  @Test
  void oneLineForABadFile() throws IOException {
    Files.writeString(userFile, "data_dir = \"/d\"\nthis is no TOML\n");

    assertThatThrownBy(() -> load(Map.of(), false))
        .isInstanceOf(CommandException.class)
        .hasMessageStartingWith(userFile + ", line 2 is not valid TOML: ")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void oneLineForABadValue() throws IOException {
    Files.writeString(userFile, "\nparallel_transfers = 0\n");
    assertThatThrownBy(() -> load(Map.of(), false))
        .hasMessage(userFile + ", line 2: 'parallel_transfers' must be a number from 1 to 64");

    Files.writeString(userFile, "[registry.\"a.example\"]\nmirrors = \"b.example\"\n");
    assertThatThrownBy(() -> load(Map.of(), false))
        .hasMessage(
            userFile + ", line 2: 'registry.\"a.example\".mirrors' must be a list of strings");
  }

  @Test
  void starlingConfigReplacesBothFiles() throws IOException {
    Files.writeString(userFile, "data_dir = \"/user\"\n");
    Path other = home.resolve("other.toml");
    assertThatThrownBy(() -> load(Map.of("STARLING_CONFIG", other.toString()), true))
        .hasMessage("STARLING_CONFIG names " + other + ", which does not exist");

    Files.writeString(other, "runtime_dir = \"/other\"\n");
    Settings settings = load(Map.of("STARLING_CONFIG", other.toString()), true);
    assertThat(settings.directories().data()).isEqualTo(Path.of("/var/lib/starling"));
    assertThat(settings.directories().runtime()).isEqualTo(Path.of("/other"));
  }

  private Settings load(Map<String, String> environment, boolean root) throws CommandException {
    return new SettingsLoader(new Surroundings(environment, home, root, systemFile))
        .load(warnings::add);
  }
}
