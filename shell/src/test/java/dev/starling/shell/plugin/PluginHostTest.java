package dev.starling.shell.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.shell.Version;
import dev.starling.shell.host.CommandSource.Sourced;
import dev.starling.shell.host.TestHost;
import dev.starling.shell.host.Wanted;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginHostTest {

  @TempDir Path directory;
  private final List<String> problems = new ArrayList<>();
  private Path plugins;
  private PluginJars jars;
  private PluginHost host;
  private PluginManagement management;

  @BeforeEach
  void host() throws IOException {
    plugins = Files.createDirectories(directory.resolve("plugins"));
    jars = new PluginJars(directory.resolve("work"));
    host =
        new PluginHost(
            () -> new PluginPlaces(List.of(), plugins, directory.resolve("unpacked")),
            problems::add);
    management = host.management();
  }

  @AfterEach
  void close() {
    host.close();
  }

  private List<String> commands(Wanted wanted) {
    return host.commands(wanted).stream().map(c -> c.definition().name()).toList();
  }

  private List<String> all() {
    return commands(new Wanted.All());
  }

  @Test
  void onlyThePluginThatACommandNeedsIsLoaded() throws IOException {
    jars.plugin(plugins, "one", "starling.commands=say-one", "1");
    jars.plugin(plugins, "two", "starling.commands=say-two", "2");
    assertThat(commands(new Wanted.Named(Set.of("pull", "x")))).isEmpty();
    assertThat(commands(new Wanted.Named(Set.of("say-two")))).containsExactly("say-two");
    assertThat(all()).containsExactly("say-two", "say-one");
    assertThat(problems).isEmpty();
  }

  @Test
  void aPluginIsALayerOfItsOwn() throws IOException {
    jars.plugin(plugins, "one", "", "1");
    Sourced command = host.commands(new Wanted.All()).getFirst();
    Module module = command.definition().type().getModule();
    assertThat(command.origin()).isEqualTo("plugin one");
    assertThat(module.getName()).isEqualTo("one");
    assertThat(module.getLayer()).isNotSameAs(ModuleLayer.boot());
    assertThat(host.exportedClass("one.Provider")).isNotNull();
    assertThat(host.exportedClass("one.Nothing")).isNull();
  }

  @Test
  void eachBadPluginIsOneLineAndTheOthersLive() throws IOException {
    jars.plugin(plugins, "good", "", "g");
    Path corrupt = Files.createDirectories(plugins.resolve("corrupt/lib"));
    Files.writeString(corrupt.resolve("x.jar"), "this is no jar");
    PluginJars.properties(plugins.resolve("corrupt"), "corrupt", "");
    Files.writeString(plugins.resolve("lone.jar"), "nor is this");
    Files.writeString(plugins.resolve("broken.zip"), "nor this");
    Files.createDirectories(plugins.resolve("empty"));
    PluginJars.properties(plugins.resolve("nolib"), "nolib", "");
    jars.plugin(plugins, "lonely", "plugin.dependencies=absent", "l");
    jars.plugin(plugins, "egg", "plugin.dependencies=hen", "e");
    jars.plugin(plugins, "hen", "plugin.dependencies=egg", "h");
    jars.plugin(plugins, "future", "plugin.requires=>=99.0.0", "f");
    Files.writeString(
        Files.createDirectories(plugins.resolve("noversion")).resolve("plugin.properties"),
        "plugin.id=noversion");
    failing("failing");
    jars.plugin(plugins, "unclear", "plugin.requires=soon", "u");
    Files.writeString(
        Files.createDirectories(plugins.resolve("oldstyle")).resolve("plugin.properties"),
        "plugin.id=oldstyle\nplugin.version=1");
    PluginJars.properties(plugins.resolve("second"), "good", "");
    jars.plain(
        plugins.resolve("noservice.jar"), "noservice", "n", Map.of(PluginJars.SERVICE, "no.Such"));
    Path newer = plugins.resolve("newer.jar");
    jars.plain(newer, "newer", "n", Map.of());
    PluginJars.ofClassVersion(newer, "newer/Provider.class", 99);

    assertThat(all()).containsExactly("say-good");

    assertThat(problems).allMatch(line -> line.startsWith("plugin ") && !line.contains("\n"));
    assertThat(problem("plugin corrupt:")).contains("its modules do not resolve").contains("x.jar");
    assertThat(problem("lone.jar")).contains("the jar is corrupt");
    assertThat(problem("broken.zip")).contains("cannot be unpacked");
    assertThat(problem("/empty")).contains("it has no plugin.properties at its top");
    assertThat(problem("nolib:")).contains("it has no lib/*.jar");
    assertThat(problem("lonely:")).contains("it depends on the plugin absent, which is not there");
    assertThat(problem("egg -> hen -> egg")).isNotNull();
    assertThat(problem("future:"))
        .contains("it requires Starling >=99.0.0; this is " + Version.CURRENT);
    assertThat(problem("unclear:")).contains("its plugin.requires 'soon' is no condition");
    assertThat(problem("oldstyle")).contains("its version '1' is not of the form 1.2.3");
    assertThat(problem("second")).contains("is left out").contains("has its id good");
    assertThat(problem("noservice:")).contains("its modules do not resolve").contains("no.Such");
    assertThat(problem("newer:")).contains("UnsupportedClassVersionError");
    assertThat(problem("noversion")).contains("plugin.properties has no plugin.version");
    assertThat(problem("failing:")).contains("its commands cannot be made").contains("no luck");
    int told = problems.size();
    assertThat(all()).containsExactly("say-good");
    assertThat(problems).as("told once").hasSize(told);
    assertThat(management.list())
        .filteredOn(info -> info.state() == PluginInfo.State.FAILED)
        .extracting(PluginInfo::id)
        .contains(
            "corrupt",
            "nolib",
            "lonely",
            "egg",
            "hen",
            "future",
            "failing",
            "unclear",
            "noservice",
            "newer");
    assertThat(management.broken()).hasSize(6).anyMatch(line -> line.contains("oldstyle"));
    assertThat(management.info("future").problem()).contains("it requires Starling");
  }

  private void failing(String id) throws IOException {
    Path folder = plugins.resolve(id);
    String source =
        PluginJars.command(id, "x", "x")
            .replace(
                "return List.of(",
                "if (true) throw new" + " IllegalStateException(\"no luck\"); return List.of(");
    jars.jar(folder.resolve("lib/x.jar"), id, source, PluginJars.module(id, ""));
    PluginJars.properties(folder, id, "");
  }

  private String problem(String part) {
    return problems.stream().filter(line -> line.contains(part)).findFirst().orElseThrow();
  }

  @Test
  void aDependentSeesThePluginItDependsOn() throws IOException {
    Path base = jars.plugin(plugins, "zbase", "starling.commands=say-zbase", "b");
    Path folder = plugins.resolve("above");
    String source =
        PluginJars.command("above", "say-above", "a")
            .replace("new Said(\"a\")", "new Said(new zbase.Provider.Said(\"b\").word())");
    jars.jar(
        folder.resolve("lib/above.jar"),
        "above",
        source,
        PluginJars.module("above", "requires zbase;"),
        base.resolve("lib/zbase.jar"));
    PluginJars.properties(
        folder, "above", "plugin.dependencies=zbase\nstarling.commands=say-above");
    assertThat(commands(new Wanted.Named(Set.of("say-above"))))
        .containsExactly("say-zbase", "say-above");
    assertThat(management.unload("zbase"))
        .extracting(PluginManagement.Unloaded::id)
        .containsExactly("above", "zbase");
    assertThat(host.absent())
        .containsEntry(
            "say-above",
            "'say-above' belongs to the plugin above, which was unloaded; 'plugin load above'"
                + " loads it again");
    assertThat(all()).isEmpty();
    assertThat(management.load("zbase").state()).isEqualTo(PluginInfo.State.LOADED);
    assertThat(management.load("above").modules()).containsExactly("above");
    assertThat(management.reload("zbase"))
        .extracting(PluginInfo::id)
        .containsExactly("zbase", "above");
    assertThat(problems).isEmpty();
  }

  @Test
  void unloadingClosesItsJarsAndReloadingTakesTheNewOnes() throws IOException {
    Path folder = jars.plugin(plugins, "one", "", "1");
    assertThat(all()).containsExactly("say-one");
    assertThat(openFiles()).anyMatch(file -> file.endsWith("one.jar"));
    assertThat(management.unload("one"))
        .containsExactly(new PluginManagement.Unloaded("one", false));
    assertThat(openFiles()).noneMatch(file -> file.endsWith("one.jar"));
    jars.jar(
        folder.resolve("lib/one.jar"),
        "one",
        PluginJars.command("one", "say-more", "more"),
        PluginJars.module("one", ""));
    assertThat(management.reload("one"))
        .extracting(PluginInfo::commands)
        .containsExactly(List.of("say-more"));
    assertThat(all()).containsExactly("say-more");
  }

  @Test
  void unloadingLetsGoOfItsClasses() throws Exception {
    jars.plugin(plugins, "one", "starling.native=true", "1");
    jars.plain(plugins.resolve("two.jar"), "two", "2", Map.of());
    List<WeakReference<ClassLoader>> loaders = classLoaders();
    assertThat(loaders).hasSize(2).noneMatch(loader -> loader.refersTo(null));
    assertThat(management.unload("one"))
        .containsExactly(new PluginManagement.Unloaded("one", true));
    management.unload("two");
    long end = System.nanoTime() + 60_000_000_000L;
    while (!loaders.stream().allMatch(loader -> loader.refersTo(null))) {
      assertThat(System.nanoTime()).as("the class loaders are collected").isLessThan(end);
      System.gc();
      Thread.sleep(20);
    }
  }

  /** Of the plugins' commands, each of which has run. */
  private List<WeakReference<ClassLoader>> classLoaders() throws Exception {
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    TestHost console = new TestHost(directory);
    console.host().add(host);
    for (Sourced command : host.commands(new Wanted.All())) {
      assertThat(console.run(command.definition().name())).as(console.err()).isZero();
      loaders.add(new WeakReference<>(command.definition().type().getClassLoader()));
    }
    console.host().remove(host);
    return loaders;
  }

  @Test
  void aJarWithoutModuleInfoIsAPluginToo() throws IOException {
    jars.plain(plugins.resolve("x.jar"), "plain", "hello", Map.of("Plugin-Provider", "ACME"));
    assertThat(all()).containsExactly("say-plain");
    PluginInfo info = management.info("plain");
    assertThat(info.state()).isEqualTo(PluginInfo.State.LOADED);
    assertThat(info.provider()).isEqualTo("ACME");
    assertThat(info.modules()).containsExactly("x");
    assertThat(info.jars()).containsExactly("x.jar");
    assertThat(info.origin()).isEqualTo(PluginInfo.Origin.USER);
  }

  @Test
  void jarsThatCannotBeModulesAreAClassPath() throws IOException {
    Path folder = Files.createDirectories(plugins.resolve("split"));
    jars.plain(folder.resolve("lib/a.jar"), "split", "a", Map.of());
    jars.plain(folder.resolve("lib/b.jar"), "split", "a", Map.of(PluginJars.SERVICE, ""));
    PluginJars.properties(folder, "split", "");
    assertThat(all()).containsExactly("say-split");
    PluginInfo info = management.info("split");
    assertThat(info.modules()).isEmpty();
    assertThat(info.jars()).containsExactly("lib/a.jar", "lib/b.jar");
  }

  private static List<String> openFiles() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      List<String> files = new ArrayList<>();
      for (Path descriptor : descriptors.toList()) {
        if (Files.isSymbolicLink(descriptor)) {
          files.add(Files.readSymbolicLink(descriptor).toString());
        }
      }
      return files;
    }
  }

  @Test
  void aZipIsUnpackedAndAPathCanBeLoaded() throws IOException {
    Path folder = jars.plugin(directory.resolve("elsewhere"), "one", "", "1");
    PluginJars.pack(folder, plugins.resolve("one.zip"));
    assertThat(all()).containsExactly("say-one");
    Path other = jars.plugin(directory.resolve("elsewhere"), "two", "", "2");
    assertThat(management.load(other.toString()).commands()).containsExactly("say-two");
    assertThat(all()).containsExactly("say-one", "say-two");
    assertThatThrownBy(() -> management.load(other.toString()))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("plugin two is loaded already");
    assertThatThrownBy(() -> management.load("nowhere"))
        .hasMessageContaining("no plugin 'nowhere'");
    assertThatThrownBy(() -> management.unload("nowhere"))
        .hasMessage("plugin nowhere is not loaded");
  }
}
