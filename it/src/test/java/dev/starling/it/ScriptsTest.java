package dev.starling.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.testkit.peer.Program;
import dev.starling.testkit.peer.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The scripts of {@code scripts/} do what their README says, on a real registry. */
@ExtendWith(Lab.Provider.class)
class ScriptsTest {
  @TempDir Path temporary;
  private Starling starling;

  @BeforeEach
  void start() throws Exception {
    starling = Starling.in(temporary);
  }

  private static String script(String name) {
    return Starling.sourceTree().resolve("scripts").resolve(name).toString();
  }

  @Test
  void convertListGoesOnAfterAFailureAndReportsIt(Lab lab) throws Exception {
    String image = lab.busybox();
    String prefix = "http://" + lab.registry().image("scripts");
    Starling.Ended ended =
        starling.run("script", script("convert-list.groovy"), prefix, image + "-none", image);
    ended.failedSaying("1 of 2 images failed", "busybox:org-none");
    assertThat(ended.outcome().out()).contains("busybox:org-esgz sha256:");
    assertThat(lab.manifest(lab.registry().image("scripts/busybox:org-esgz")).path("layers"))
        .hasSize(3);
  }

  /** Runs lines in one process. */
  private Program.Outcome lines(List<String> lines) throws Exception {
    return starling.run("-c", String.join("; ", lines)).succeeded();
  }

  @Test
  void eachIsTypedAndTellsHowItIsUsed() throws Exception {
    List<String> scripts;
    try (Stream<Path> files = Files.list(Starling.sourceTree().resolve("scripts"))) {
      scripts = files.map(Path::toString).filter(f -> f.endsWith(".groovy")).sorted().toList();
    }
    assertThat(scripts).hasSizeGreaterThanOrEqualTo(6);
    List<String> lines = new ArrayList<>(List.of("script --check " + String.join(" ", scripts)));
    scripts.forEach(script -> lines.add("script " + script + " -- --help"));
    String out = lines(lines).out();
    assertThat(out).startsWith("nothing wrong in ");
    for (String script : scripts) {
      assertThat(out)
          .containsPattern("(?m)^usage: starling script " + Path.of(script).getFileName() + " ");
    }
  }

  @Test
  void mirrorConvertsWhatMatchesAndGoesOnWhereItWas(Lab lab) throws Exception {
    String image = lab.busybox();
    String source = image.substring(0, image.lastIndexOf(':'));
    String target = "http://" + lab.registry().image("mirror/busybox");
    String script = script("mirror-and-convert.groovy");
    String line = "script " + script + " " + source + " or. " + target;
    Starling.Ended ended =
        starling.run(
            "-c", String.join("; ", line, line, "script " + script + " " + source + " or."));
    ended.failedSaying("expected source pattern target, not 2 words");
    assertThat(ended.outcome().out())
        .isEqualTo(target + ":org-esgz converted\n" + target + ":org-esgz is up to date\n");
    assertThat(lab.manifest(lab.registry().image("mirror/busybox:org-esgz")).path("layers"))
        .hasSize(3);
  }

  @Test
  void fleetIsOptimizedOnceAndItsTagsAreCompared(Lab lab) throws Exception {
    Requirement.root();
    Requirement.programs("runc");
    String prefix = "http://" + lab.registry().image("fleet/busybox:");
    Path fleet =
        Files.writeString(
            temporary.resolve("fleet.yaml"),
            """
            images:
              - image: %1$s
                target: %2$sone
                entrypoint: [/bin/busybox]
                args: [cat, /etc/passwd]
                env: {A: b}
              - {image: %1$s, target: %2$stwo, no-optimize: true}
            """
                .formatted(lab.busybox(), prefix));
    String optimize = "script " + script("optimize-fleet.groovy") + " " + fleet;
    String compare =
        "script " + script("compare-tags.groovy") + " " + prefix + "one " + prefix + "two";
    List<String> out = lines(List.of(optimize, optimize, compare)).out().lines().toList();
    assertThat(out.get(1)).startsWith(prefix + "one  optimized  ").contains(" files, ");
    assertThat(out.get(2)).startsWith(prefix + "two  optimized  -");
    assertThat(out.get(4)).startsWith(prefix + "one  up to date");
    assertThat(out.subList(6, out.size()))
        .contains("layers in both (2):", "layers removed (1):", "layers added (1):", "  etc/passwd")
        .anyMatch(line -> line.startsWith("prioritized no more ("))
        .anyMatch(
            line -> line.matches("files: (\\d+) -> \\1; 0 removed .*, 0 added .*, 0 changed.*"));
  }

  @Test
  void auditTellsWhichImagesAreNotLazyAndWhy(Lab lab) throws Exception {
    String image = lab.busybox();
    String lazy = lab.registry().image("audited/busybox:lazy");
    String audit = "script " + script("audit-repository.groovy") + " ";
    Starling.Ended ended =
        starling.run(
            "-c",
            String.join(
                "; ",
                "convert --quiet --oci --estargz " + image + " http://" + lazy + " > converted",
                audit + lazy.substring(0, lazy.lastIndexOf(':')),
                audit + image.substring(0, image.lastIndexOf(':'))));
    ended.failedSaying("cannot be pulled lazily");
    assertThat(ended.outcome().out())
        .startsWith(lazy + " linux/amd64 lazy\n")
        .contains("\n" + image + " linux/amd64 NOT LAZY: "); // others have put tags beside it
  }

  @Test
  void nightlyOptimizesEachImageOfTheList(Lab lab) throws Exception {
    Requirement.root();
    Requirement.programs("runc");
    String target = "http://" + lab.registry().image("nightly/busybox:first");
    Path list =
        Files.writeString(
            temporary.resolve("list"),
            "# images\n" + lab.busybox() + " " + target + " cat /bin/busybox >/dev/null\n");
    Path reports = temporary.resolve("reports");
    Program.Outcome outcome =
        starling
            .run(
                "script",
                script("nightly-optimize.groovy"),
                "--",
                "--reports",
                reports.toString(),
                list.toString())
            .succeeded();
    assertThat(outcome.out()).startsWith(target + " sha256:").contains("files in front");
    try (Stream<Path> pages = Files.list(reports)) {
      assertThat(pages.toList())
          .singleElement()
          .satisfies(page -> assertThat(page).content().contains("busybox"));
    }
  }
}
