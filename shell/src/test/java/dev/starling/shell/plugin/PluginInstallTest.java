package dev.starling.shell.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.shell.host.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginInstallTest {

  @TempDir Path directory;
  private final List<String> problems = new ArrayList<>();
  private Path users;
  private Path made;
  private PluginJars jars;
  private PluginHost host;
  private PluginManagement plugins;

  @BeforeEach
  void host() throws IOException {
    users = directory.resolve("users");
    made = Files.createDirectories(directory.resolve("made"));
    jars = new PluginJars(directory.resolve("work"));
    host = open();
    plugins = host.management();
  }

  private PluginHost open() {
    return new PluginHost(
        () ->
            new PluginPlaces(
                List.of(directory.resolve("own")), users, directory.resolve("unpacked")),
        problems::add);
  }

  @AfterEach
  void close() {
    host.close();
  }

  private List<String> commands() {
    return host.commands(new Wanted.All()).stream().map(c -> c.definition().name()).toList();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private Path jar(String version, String word) throws IOException {
    Path jar = made.resolve("one-" + version + ".jar");
    jars.plain(jar, "one", word, Map.of("Plugin-Version", version));
    return jar;
  }

  private Path zip(String id, String properties) throws IOException {
    Path folder = jars.plugin(directory.resolve("zipped"), id, properties, "z");
    Path zip = made.resolve(id + ".zip");
    PluginJars.pack(folder, zip);
    return zip;
  }

  @Test
  void aJarIsInstalledUsedAtOnceAndKept() throws IOException {
    assertThat(commands()).isEmpty();
    PluginInfo info = plugins.install(jar("1.0.0", "a"), false);
    assertThat(info.state()).isEqualTo(PluginInfo.State.LOADED);
    assertThat(info.path()).isEqualTo(users.resolve("one.jar"));
    assertThat(commands()).containsExactly("say-one");
    try (PluginHost next = open()) {
      assertThat(next.commands(new Wanted.All())).hasSize(1);
    }
    assertThat(names(users)).containsExactly(".lock", "one.jar");
  }

  @Test
  void onlyANewerOneReplacesUnlessForced() throws IOException {
    plugins.install(jar("1.9.0", "a"), false);
    assertThat(plugins.install(jar("1.10.0", "b"), false).version()).isEqualTo("1.10.0");
    for (String version : List.of("1.10.0", "1.9.0")) {
      assertThatThrownBy(() -> plugins.install(jar(version, "c"), false))
          .isInstanceOf(PluginException.class)
          .hasMessage(
              "plugin one: 1.10.0 is installed and "
                  + version
                  + " is not newer; --force replaces it");
    }
    assertThat(plugins.info("one").version()).isEqualTo("1.10.0");
    assertThat(plugins.install(jar("1.9.0", "c"), true).version()).isEqualTo("1.9.0");
    assertThat(commands()).containsExactly("say-one");
    assertThat(names(users)).containsExactly(".lock", "one.jar");
  }

  @Test
  void aZipReplacesAJarAndLeavesNoOldFilesBehind() throws IOException {
    plugins.install(jar("0.9.0", "a"), false);
    plugins.install(zip("one", ""), false);
    assertThat(names(users)).containsExactly(".lock", "one.zip");
    plugins.install(zip("one", "plugin.description=again"), true);
    assertThat(plugins.info("one").description()).isEqualTo("again");
    assertThat(plugins.info("one").jars()).containsExactly("lib/one.jar");
    assertThat(names(directory.resolve("unpacked"))).hasSize(1);
    assertThat(plugins.uninstall("one")).isEqualTo(users.resolve("one.zip"));
    assertThat(names(users)).containsExactly(".lock");
    assertThat(names(directory.resolve("unpacked"))).isEmpty();
    assertThat(commands()).isEmpty();
    assertThat(host.absent()).isEmpty();
  }

  @Test
  void dependentsOfAReplacedPluginGoOn() throws IOException {
    plugins.install(zip("base", "starling.commands=say-base"), false);
    plugins.install(zip("above", "plugin.dependencies=base"), false);
    plugins.install(zip("base", "starling.commands=say-base"), true);
    assertThat(commands()).containsExactly("say-base", "say-above");
  }

  @Test
  void whatCannotBeUsedChangesNothing() throws IOException {
    plugins.install(jar("1.0.0", "a"), false);
    Path escaping = made.resolve("escaping.zip");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(escaping))) {
      out.putNextEntry(new JarEntry("../evil"));
    }
    Path corrupt = Files.writeString(made.resolve("corrupt.jar"), "no jar");
    Path damaged = made.resolve("damaged.jar");
    byte[] bytes = Files.readAllBytes(jar("3.0.0", "d"));
    bytes[bytes.length / 3] ^= 0x55;
    Files.write(damaged, bytes);
    Path failing = made.resolve("failing.jar");
    jars.plain(
        failing, "one", "x", Map.of("Plugin-Version", "2.0.0", PluginJars.SERVICE, "no.Such"));
    Path nest = directory.resolve("nest");
    PluginJars.properties(nest.resolve("flat"), "flat", "");
    PluginJars.pack(nest.resolve("flat"), made.resolve("flat.zip"));
    PluginJars.pack(nest, made.resolve("nested.zip"));

    refused(escaping, "its entry '../evil' leads out of it");
    refused(corrupt, "the jar is corrupt");
    refused(damaged, "plugin ");
    refused(failing, "its modules do not resolve");
    refused(made.resolve("flat.zip"), "it has no lib/*.jar");
    refused(made.resolve("nested.zip"), "it has no plugin.properties at its top");
    refused(made.resolve("none.jar"), "there is no such file");
    refused(made, "is no .jar or .zip file");
    refused(zip("future", "plugin.requires=>=99.0.0"), "it requires Starling >=99.0.0");
    refused(zip("lonely", "plugin.dependencies=absent"), "absent, which is not there");

    assertThat(names(users)).containsExactly(".lock", "one.jar");
    assertThat(plugins.info("one").version()).isEqualTo("1.0.0");
    assertThat(plugins.info("one").state()).isEqualTo(PluginInfo.State.LOADED);
    assertThat(problems).isEmpty();
    assertThat(Files.exists(directory.resolve("evil"))).isFalse();
  }

  private void refused(Path file, String why) {
    assertThatThrownBy(() -> plugins.install(file, false))
        .isInstanceOf(PluginException.class)
        .hasMessageStartingWith("plugin ")
        .hasMessageContaining(why);
    assertThat(commands()).containsExactly("say-one");
  }

  @Test
  void theProgramsOwnAndTheUsersFoldersStay() throws IOException {
    jars.plugin(directory.resolve("own"), "mine", "", "1");
    jars.plugin(users, "dropped", "", "2");
    assertThatThrownBy(() -> plugins.install(zip("mine", ""), true))
        .hasMessageContaining("plugin mine comes with the program and stays");
    assertThatThrownBy(() -> plugins.uninstall("mine")).hasMessageContaining("plugin disable mine");
    assertThatThrownBy(() -> plugins.install(zip("dropped", ""), true))
        .hasMessageContaining("which was not put there by 'plugin install'");
    assertThat(commands()).containsExactly("say-mine", "say-dropped");
    assertThat(plugins.info("mine").origin()).isEqualTo(PluginInfo.Origin.INSTALLATION);
  }

  @Test
  void aDisabledPluginStaysAwayUntilItIsEnabled() throws IOException {
    plugins.install(zip("base", ""), false);
    plugins.install(zip("above", "plugin.dependencies=base"), false);
    assertThat(plugins.disable("base").state()).isEqualTo(PluginInfo.State.DISABLED);
    assertThat(commands()).isEmpty();
    assertThat(problems)
        .containsExactly(
            "plugin above: it depends on the plugin base, which is disabled; 'starling plugin"
                + " enable base' brings it back");
    String absence =
        "'say-base' belongs to the plugin base, which is disabled; 'starling plugin enable base'"
            + " brings it back";
    assertThat(host.absent()).containsEntry("say-base", absence);
    try (PluginHost next = open()) {
      assertThat(next.commands(new Wanted.Named(Set.of("say-base")))).isEmpty();
      assertThat(next.absent()).containsEntry("say-base", absence);
      assertThat(next.firstWords()).doesNotContain("say-base");
    }
    assertThatThrownBy(() -> plugins.load("base")).hasMessageContaining("is disabled");
    assertThatThrownBy(() -> plugins.disable("base")).hasMessageContaining("disabled already");
    assertThat(plugins.list())
        .extracting(PluginInfo::state)
        .containsExactly(PluginInfo.State.FAILED, PluginInfo.State.DISABLED);
    assertThat(plugins.enable("base").state()).isEqualTo(PluginInfo.State.LOADED);
    assertThat(commands()).containsExactly("say-base", "say-above");
    assertThatThrownBy(() -> plugins.enable("base")).hasMessage("plugin base is not disabled");
    assertThatThrownBy(() -> plugins.enable("bose")).hasMessageContaining("there is no plugin");
  }
}
