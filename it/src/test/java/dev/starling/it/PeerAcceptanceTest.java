package dev.starling.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The field's programs take what the variants of a conversion write. */
@ExtendWith(Lab.Provider.class)
class PeerAcceptanceTest {
  private static final String TOC_ANNOTATION = "containerd.io/snapshot/stargz/toc.digest";

  @TempDir Path temporary;

  @ParameterizedTest
  @CsvSource({
    "plain, --estargz, ",
    "min, --estargz --estargz-min-chunk-size=50000, ",
    "zstd, --zstdchunked, --zstdchunked"
  })
  void containerdAndSkopeoTakeIt(String tag, String flags, String tocFlag, Lab lab)
      throws Exception {
    String image = lab.registry().image("accepted/busybox:" + tag);
    List<String> line = new ArrayList<>(List.of("convert", "--oci"));
    line.addAll(List.of(flags.split(" ", -1)));
    line.addAll(List.of(lab.busybox(), "http://" + image));
    Starling.in(temporary).run(line.toArray(String[]::new)).succeeded();

    lab.containerd().ctrRemote("images", "pull", "--plain-http", image).check();
    Path layout = temporary.resolve("layout");
    Lab.skopeo("copy", "-q", "docker://" + image, "oci:" + layout + ":it");
    JsonNode layers = lab.manifest(image).path("layers");
    assertThat(layers).hasSize(3);
    for (JsonNode layer : layers) {
      List<String> ask = new ArrayList<>(List.of("images", "get-toc-digest"));
      if (tocFlag != null) {
        ask.add(tocFlag);
      }
      ask.add(layer.path("digest").asString());
      assertThat(lab.containerd().ctrRemote(ask.toArray(String[]::new)).check().strip())
          .isEqualTo(layer.path("annotations").path(TOC_ANNOTATION).asString());
    }
  }
}
