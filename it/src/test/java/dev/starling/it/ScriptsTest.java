package dev.starling.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.testkit.peer.Program;
import java.nio.file.Path;
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
}
