package dev.starling.it;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows of the design: which module may use which. Broken here means broken by design. */
class ArrowTest {

  /** Folder, module and what it may require of Starling's. */
  private record Part(String folder, String module, Set<String> mayRequire) {}

  private static final List<Part> PARTS =
      List.of(
          new Part("api", "dev.starling.api", Set.of()),
          new Part("fuse", "dev.starling.fuse", Set.of()),
          new Part("testkit", "dev.starling.testkit", Set.of("dev.starling.api")),
          new Part("shell", "dev.starling.shell", Set.of("dev.starling.api")),
          new Part("plugin-convert", "dev.starling.convert", Set.of("dev.starling.api")),
          new Part(
              "plugin-snapshot",
              "dev.starling.snapshot",
              Set.of("dev.starling.api", "dev.starling.fuse")),
          new Part(
              "plugin-optimize",
              "dev.starling.optimize",
              Set.of("dev.starling.api", "dev.starling.convert", "dev.starling.snapshot")));

  /** What only the shell may touch. */
  private static final List<String> SHELL_ONLY =
      List.of("pf4j", "org.jline.", "org.apache.groovy", "groovy", "jnr.", "org.jnrproject");

  private static Path classes(String folder) {
    return Path.of("..").toAbsolutePath().normalize().resolve(folder).resolve("target/classes");
  }

  private static ModuleDescriptor descriptor(String folder) throws IOException {
    Path file = classes(folder).resolve("module-info.class");
    if (!"true".equals(System.getenv("CI"))) {
      assumeThat(file).as("%s is not built in this run", folder).exists();
    }
    try (InputStream in = Files.newInputStream(file)) {
      return ModuleDescriptor.read(in);
    }
  }

  private static Set<String> requires(String folder) throws IOException {
    return descriptor(folder).requires().stream()
        .map(ModuleDescriptor.Requires::name)
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api",
        "fuse",
        "testkit",
        "shell",
        "plugin-convert",
        "plugin-snapshot",
        "plugin-optimize"
      })
  void aModuleRequiresOnlyWhatTheDesignAllows(String folder) throws IOException {
    Part part = PARTS.stream().filter(p -> p.folder().equals(folder)).findFirst().orElseThrow();
    assertThat(descriptor(folder).name()).isEqualTo(part.module());
    assertThat(requires(folder))
        .filteredOn(name -> name.startsWith("dev.starling."))
        .isSubsetOf(part.mayRequire());
  }

  @ParameterizedTest
  @ValueSource(strings = {"api", "plugin-convert", "testkit"})
  void onlyTheShellKnowsPf4jJLineAndGroovy(String folder) throws IOException {
    assertThat(requires(folder)).noneMatch(name -> SHELL_ONLY.stream().anyMatch(name::startsWith));
  }

  @Test
  void theApiHidesItsHttpClient() throws IOException {
    assertThat(descriptor("api").requires())
        .filteredOn(r -> r.modifiers().contains(ModuleDescriptor.Requires.Modifier.TRANSITIVE))
        .extracting(ModuleDescriptor.Requires::name)
        .doesNotContain("okhttp3", "okio", "kotlin.stdlib");
    assertThat(descriptor("api").exports())
        .filteredOn(exported -> !exported.isQualified())
        .extracting(ModuleDescriptor.Exports::source)
        .noneMatch(name -> name.contains(".internal"));
  }

  /** Descriptors say what may be used; this says what is: it sees automatic modules too. */
  @Test
  void classesUseOnlyWhatTheirModuleMay() {
    Map<String, String[]> forbidden =
        Map.of(
            "api",
            new String[] {
              "org.pf4j..",
              "org.jline..",
              "groovy..",
              "org.codehaus.groovy..",
              "jnr..",
              "dev.starling.shell..",
              "dev.starling.convert..",
              "dev.starling.testkit.."
            },
            "plugin-convert",
            new String[] {
              "org.pf4j..",
              "org.jline..",
              "groovy..",
              "dev.starling.shell..",
              "okhttp3..",
              "dev.starling.testkit.."
            },
            "plugin-snapshot",
            new String[] {
              "org.pf4j..",
              "org.jline..",
              "groovy..",
              "dev.starling.shell..",
              "dev.starling.fuse.libfuse..",
              "dev.starling.fuse.binding..",
              "okhttp3..",
              "jnr..",
              "ru.serce..",
              "dev.starling.testkit.."
            },
            "fuse",
            new String[] {
              "dev.starling.api..", "dev.starling.snapshot..", "dev.starling.testkit.."
            },
            "shell",
            new String[] {
              "dev.starling.convert..", "dev.starling.testkit..", "okhttp3..", "jnr.."
            });
    forbidden.forEach((folder, packages) -> {
      JavaClasses imported = new ClassFileImporter().importPath(classes(folder));
      assertThat(imported).isNotEmpty();
      noClasses().should().dependOnClassesThat().resideInAnyPackage(packages).check(imported);
    });
  }

  /** Within the api the values at the bottom know nothing of what stands on them. */
  @Test
  void theApisPackagesDependDownwards() {
    JavaClasses api = new ClassFileImporter().importPath(classes("api"));
    noClasses()
        .that()
        .resideInAPackage("dev.starling.api.image..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.starling.api.content..",
            "dev.starling.api.command..",
            "dev.starling.api.copy..",
            "dev.starling.api.layout..",
            "dev.starling.api.estargz..",
            "info.picocli..",
            "picocli..")
        .check(api);
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.starling.api.content..",
            "dev.starling.api.estargz..",
            "dev.starling.api.layout..",
            "dev.starling.api.job..",
            "dev.starling.api.tar..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.starling.api.command..", "picocli..")
        .check(api);
  }

  @Test
  void exitCodesLiveInTheShell() {
    for (String folder : List.of("api", "plugin-convert")) {
      noClasses()
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class)
          .check(new ClassFileImporter().importPath(classes(folder)));
    }
  }
}
