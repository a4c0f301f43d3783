package dev.starling.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.testkit.peer.Program;
import dev.starling.testkit.peer.Requirement;
import dev.starling.testkit.recipe.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The plugins in {@code samples/}, as a newcomer has them: built in a folder of their own by the
 * two commands of their READMEs, installed, and called from the command line, a line of the shell
 * and a script.
 */
@Timeout(300)
class SamplePluginsTest {
  @TempDir Path temporary;
  private Starling starling;
  private String image;

  @BeforeEach
  void start() throws Exception {
    Requirement.programs("mvn");
    starling = Starling.in(temporary);
    image = "local://" + TestImages.busybox() + ":org";
  }

  /** Builds a sample and gives its jar. */
  private Path build(String name) throws IOException, InterruptedException {
    Path folder = temporary.resolve(name);
    copy(Starling.sourceTree().resolve("samples").resolve(name), folder);
    List<String> commands =
        Files.readString(folder.resolve("README.md"))
            .lines()
            .filter(line -> line.startsWith("    "))
            .map(String::strip)
            .limit(2)
            .toList();
    assertThat(commands).containsExactly("starling plugin sdk sdk", "mvn package");
    for (String command : commands) {
      starling
          .line(command)
          .in(folder)
          .with("JAVA_HOME", System.getProperty("java.home"))
          .with(
              "MAVEN_OPTS",
              "--sun-misc-unsafe-memory-access=allow -XX:TieredStopAtLevel=1 -Dmaven.repo.local="
                  + localRepository())
          .check();
    }
    return folder.resolve("target").resolve(name + "-1.0.0.jar");
  }

  /**
   * The local Maven repository but for Starling's own artifacts, which must not get into it: what
   * was downloaded once is not downloaded again.
   */
  private Path localRepository() throws IOException {
    Path repository = temporary.resolve("m2");
    if (Files.isDirectory(repository)) {
      return repository;
    }
    Files.createDirectory(repository);
    Path real = Path.of(System.getProperty("user.home"), ".m2", "repository");
    String ofThisBuild = System.getProperty("localRepository");
    if (ofThisBuild != null) {
      real = Path.of(ofThisBuild);
    }
    if (Files.isDirectory(real)) {
      try (Stream<Path> groups = Files.list(real)) {
        for (Path group : groups.filter(path -> !path.endsWith("dev")).toList()) {
          Files.createSymbolicLink(repository.resolve(group.getFileName()), group);
        }
      }
    }
    return repository;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path name = from.relativize(file);
        if (!name.startsWith("target") && !name.startsWith("sdk")) {
          Files.copy(file, to.resolve(name.toString()));
        }
      }
    }
  }

  @Test
  void aModuleIsBuiltInstalledAndUsedInTheThreeFaces() throws Exception {
    Path jar = build("size-report");
    assertThat(starling.run("plugin", "install", jar.toString()).succeeded().out())
        .contains("size-report", "1.0.0", "loaded");
    assertThat(starling.run("plugin", "info", "size-report").succeeded().out())
        .contains("modules     org.example.sizereport", "by          example.org");

    Program.Outcome outcome = starling.run("size-report", "--by", "extension", image).succeeded();
    assertThat(outcome.out()).contains("files  (none)", "in all");
    assertThat(outcome.err()).contains("done");
    assertThat(
            starling
                .run("-c", "size-report --below /bin " + image + " | { it.rows*.name() }")
                .succeeded()
                .out())
        .contains("/bin/");
    Path script =
        Files.writeString(
            temporary.resolve("report.groovy"),
            """
            def report = sizeReport(image: args[0], by: 'layer', top: 1)
            println report.rows().first().name() + ' ' + (report.bytes() > 100000)
            """);
    assertThat(starling.run("-q", "script", script.toString(), image).succeeded().out())
        .matches("layer \\d true\n");
  }

  @Test
  void aJarWithoutModuleInfoIsUsedTooAndBrokenOnesHarmNobody() throws Exception {
    Path jar = build("shared-layers");
    Path broken = Files.writeString(temporary.resolve("broken.jar"), "no jar");
    Path future = requiring(temporary.resolve("future.jar"), ">=99.0.0");
    String lines =
        String.join(
            "\n",
            "plugin install " + broken,
            "plugin install " + future,
            "plugin install " + jar,
            "shared-layers " + image + " " + image,
            "(sharedLayers('" + image + "', '" + image + "').distinctBytes() > 0)",
            "plugin disable shared-layers",
            "shared-layers a b",
            "plugin uninstall shared-layers");
    Path typed = Files.writeString(temporary.resolve("lines"), lines + "\n");
    Program.Outcome outcome = starling.line("starling --keep-going < " + typed).run();
    assertThat(outcome.err().lines().filter(line -> line.startsWith("starling: ")).toList())
        .satisfiesExactly(
            line -> assertThat(line).contains(broken + ": cannot be installed: the jar is corrupt"),
            line -> assertThat(line).contains("plugin future: it requires Starling >=99.0.0"),
            line -> assertThat(line).contains("shared-layers, which is disabled"));
    assertThat(outcome.out())
        .contains("loaded", "kept once: ", "true\n", "disabled", "shared-layers is uninstalled");
    try (Stream<Path> kept = Files.list(starling.data().resolve("plugins"))) {
      assertThat(kept.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(".lock", "disabled.txt");
    }
  }

  private static Path requiring(Path jar, String versions) throws IOException {
    Manifest manifest = new Manifest();
    Attributes lines = manifest.getMainAttributes();
    lines.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    lines.putValue("Plugin-Id", "future");
    lines.putValue("Plugin-Version", "1.0.0");
    lines.putValue("Plugin-Requires", versions);
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return jar;
  }
}
