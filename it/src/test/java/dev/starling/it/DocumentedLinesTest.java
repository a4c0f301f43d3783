package dev.starling.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The lines of ctr-remote's documentation run when {@code starling} stands in its place. */
@ExtendWith(Lab.Provider.class)
class DocumentedLinesTest {
  @TempDir Path temporary;
  private Starling starling;

  @BeforeEach
  void start() throws Exception {
    starling = Starling.in(temporary);
  }

  @ParameterizedTest
  @ValueSource(strings = {"i", "image", "images"})
  void pullConvertAndPush(String group, Lab lab) throws Exception {
    String source = lab.busybox();
    String target = lab.registry().image("documented:" + group);
    starling.run(group, "pull", "--plain-http", source).succeeded();
    starling.run(group, "convert", "--oci", "--estargz", source, target).succeeded();
    starling.run(group, "push", "--plain-http", target).succeeded();
    JsonNode layers = lab.manifest(target).path("layers");
    assertThat(layers).hasSize(3);
    for (JsonNode layer : layers) {
      assertThat(
              layer.path("annotations").path("containerd.io/snapshot/stargz/toc.digest").asString())
          .startsWith("sha256:");
    }
    starling.leftNoTemporaryFile();
  }

  @Test
  void everyPlatformOfAnIndexIsConverted(Lab lab) throws Exception {
    String source = lab.debian("multi");
    String target = lab.registry().image("documented:multi");
    starling
        .run("i", "convert", "--all-platforms", "--oci", "--estargz", source, "http://" + target)
        .succeeded();
    JsonNode index = lab.manifest(target);
    assertThat(platforms(index)).containsExactlyElementsOf(platforms(lab.manifest(source)));
    starling.run("check", "--plain-http", target).succeeded();
  }

  private static List<String> platforms(JsonNode index) {
    return index.path("manifests").findValuesAsString("architecture");
  }
}
