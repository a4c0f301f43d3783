package dev.starling.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.testkit.peer.Program;
import dev.starling.testkit.peer.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
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
    starling
        .run("script", script("convert-list.groovy"), prefix, image + "-none", image)
        .failedSaying("1 of 2 images failed", "busybox:org-none");
    assertThat(lab.manifest(lab.registry().image("scripts/busybox:org-esgz")).path("layers"))
        .hasSize(3);

    Program.Outcome both =
        starling.run("script", script("convert-list.groovy"), prefix, image).succeeded();
    assertThat(both.out()).contains("busybox:org-esgz sha256:");
  }

  @Test
  void convertListTellsHowItIsUsed() throws Exception {
    assertThat(starling.run("script", script("convert-list.groovy")).succeeded().out())
        .contains("PREFIX IMAGE...");
  }

  @Test
  void mirrorConvertsWhatMatchesAndGoesOnWhereItWas(Lab lab) throws Exception {
    String image = lab.busybox();
    String source = image.substring(0, image.lastIndexOf(':'));
    String target = "http://" + lab.registry().image("mirror/busybox");
    String script = script("mirror-and-convert.groovy");
    assertThat(starling.run("script", script, source, "or.", target).succeeded().out())
        .isEqualTo(target + ":org-esgz converted\n");
    assertThat(lab.manifest(lab.registry().image("mirror/busybox:org-esgz")).path("layers"))
        .hasSize(3);
    assertThat(starling.run("script", script, source, "or.", target).succeeded().out())
        .isEqualTo(target + ":org-esgz is up to date\n");
    starling
        .run("script", script, source, "or.")
        .failedSaying("expected source pattern target, not 2 words");
  }

  @Test
  void auditTellsWhichImagesAreNotLazyAndWhy(Lab lab) throws Exception {
    String image = lab.busybox();
    String lazy = lab.registry().image("audited/busybox:lazy");
    starling.run("convert", "--oci", "--estargz", image, "http://" + lazy).succeeded();
    String repository = lazy.substring(0, lazy.lastIndexOf(':'));
    String script = script("audit-repository.groovy");
    assertThat(starling.run("script", script, repository).succeeded().out())
        .isEqualTo(lazy + " linux/amd64 lazy\n");
    String eager = image.substring(0, image.lastIndexOf(':'));
    starling.run("script", script, eager).failedSaying("cannot be pulled lazily");
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
