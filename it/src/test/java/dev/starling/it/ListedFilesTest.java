package dev.starling.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.testkit.peer.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Files that a list names lie in front of the layers of real images. */
@ExtendWith(Lab.Provider.class)
class ListedFilesTest {
  @TempDir Path temporary;
  private Starling starling;

  @BeforeEach
  void start() throws Exception {
    starling = Starling.in(temporary.resolve("home"));
  }

  private String file(String name, String content) throws Exception {
    return Files.writeString(temporary.resolve(name), content).toString();
  }

  private String amd64List() throws Exception {
    return file(
        "amd64.list",
        """
        # what bash needs on amd64
        /lib64/ld-linux-x86-64.so.2
        /lib/x86_64-linux-gnu/libc.so.6
        /usr/lib/x86_64-linux-gnu/libz.so.1.*

        usr/bin/bash
        no/such/file
        """);
  }

  /** The regular files before the landmark. */
  private static List<String> front(Lab lab, String image, int layer) throws Exception {
    return lab.front(image, layer, "reg"::equals);
  }

  private static String digest(Lab lab, String index, String architecture) throws Exception {
    for (JsonNode entry : lab.manifest(index).path("manifests")) {
      if (entry.path("platform").path("architecture").asString().equals(architecture)) {
        return index.substring(0, index.lastIndexOf(':')) + "@" + entry.path("digest").asString();
      }
    }
    throw new AssertionError("no " + architecture + " in " + index);
  }

  @Test
  void aListMadeOnAmd64ServesArm64(Lab lab) throws Exception {
    String target = lab.registry().image("listed:multi");
    JsonNode result =
        starling.json(
            "convert",
            "--all-platforms",
            "--oci",
            "--estargz",
            "--estargz-compression-level=1",
            "--prefetch-list=" + amd64List(),
            lab.debian("multi"),
            "http://" + target);
    assertThat(front(lab, digest(lab, target, "amd64"), 0))
        .containsExactly(
            "usr/lib64/ld-linux-x86-64.so.2".replace("lib64", "lib/x86_64-linux-gnu"),
            "usr/lib/x86_64-linux-gnu/libc.so.6",
            "usr/lib/x86_64-linux-gnu/libz.so.1.2.13",
            "usr/bin/bash");
    assertThat(front(lab, digest(lab, target, "arm64"), 0))
        .containsExactly(
            "usr/lib/aarch64-linux-gnu/ld-linux-aarch64.so.1",
            "usr/lib/aarch64-linux-gnu/libc.so.6",
            "usr/lib/aarch64-linux-gnu/libz.so.1.2.13",
            "usr/bin/bash");
    assertThat(result.path("images").path(0).path("prioritized").toString())
        .isEqualTo("{\"listed\":5,\"asListed\":4,\"byCounterpart\":0,\"missing\":1}");
    assertThat(result.path("images").path(1).path("prioritized").toString())
        .isEqualTo("{\"listed\":5,\"asListed\":1,\"byCounterpart\":3,\"missing\":1}");
    assertThat(result.path("unmatched").asInt()).isEqualTo(1);
    starling.run("check", "--plain-http", target).succeeded();
    starling.leftNoTemporaryFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"amd64", "arm64"})
  void eachPlatformIsConvertedByItself(String architecture, Lab lab) throws Exception {
    String target = lab.registry().image("listed:" + architecture);
    starling
        .run(
            "convert",
            "--platform=linux/" + architecture,
            "--oci",
            "--estargz",
            "--estargz-compression-level=1",
            "--prefetch-list=" + amd64List(),
            lab.debian("multi"),
            "http://" + target)
        .succeeded();
    assertThat(lab.manifest(target).path("manifests")).hasSize(1);
    assertThat(front(lab, digest(lab, target, architecture), 0))
        .hasSize(4)
        .contains("usr/bin/bash");
  }

  @Test
  void aRecordGivesTheLayersThatThePeerMakes(Lab lab) throws Exception {
    String record =
        file(
            "record.json",
            """
            {"path":"srv/random","manifestDigest":"sha256:%1$s","layerIndex":2}
            {"path":"bin/busybox","manifestDigest":"sha256:%1$s","layerIndex":0}{"path":"etc/issue"}
            """
                .formatted("0".repeat(64)));
    String source = lab.busybox();
    String ours = lab.registry().image("recorded:ours");
    String theirs = lab.registry().image("recorded:theirs");
    String[] options = {"--oci", "--estargz", "--estargz-record-in=" + record};
    starling
        .run("i", "convert", options[0], options[1], options[2], source, "http://" + ours)
        .succeeded();
    lab.containerd().ctrRemote("images", "pull", "--plain-http", source).check();
    lab.containerd()
        .ctrRemote("images", "convert", options[0], options[1], options[2], source, theirs)
        .check();
    lab.containerd().ctrRemote("images", "push", "--plain-http", theirs).check();
    for (int layer = 0; layer < 3; layer++) {
      assertThat(front(lab, ours, layer))
          .as("layer %d", layer)
          .isNotEmpty()
          .isEqualTo(front(lab, theirs, layer));
    }
  }

  @Test
  void strictFailsAndWritesNothing(Lab lab) throws Exception {
    String target = lab.registry().image("listed:strict");
    starling
        .run(
            "convert",
            "--prefetch-list=" + file("l", "none/1\nnone/2\n"),
            "--strict",
            lab.busybox(),
            "http://" + target)
        .failedSaying("2 listed files are in no layer", "'none/1', 'none/2'", "--strict");
    starling.run("inspect", "--plain-http", target).failedSaying("404");
    starling.run("convert", "--strict", "a", "b").misusedSaying("--strict", "--prefetch-list");
  }

  @Test
  void layersAreKeptOnRequest(Lab lab) throws Exception {
    String once = lab.registry().image("reused:once");
    String twice = lab.registry().image("again:twice");
    starling.run("convert", "--oci", "--estargz", lab.busybox(), "http://" + once).succeeded();
    String list = file("list", "etc/issue\n");
    String[] line = {
      "convert", "--oci", "--estargz", "--reuse", "--prefetch-list=" + list, once, "http://" + twice
    };
    Program.Outcome outcome = starling.run(line).succeeded();
    List<String> lines = outcome.err().lines().toList();
    JsonNode before = lab.manifest(once).path("layers");
    JsonNode after = lab.manifest(twice).path("layers");
    for (int layer : new int[] {0, 2}) {
      assertThat(after.path(layer)).isEqualTo(before.path(layer));
      assertThat(lines)
          .contains(
              "copying without conversion digest=\"%s\""
                  .formatted(before.path(layer).path("digest").asString()));
    }
    assertThat(after.path(1)).isNotEqualTo(before.path(1));
  }

  @Test
  void aDryRunSaysWhatWouldBeDoneAndWritesNothing(Lab lab) throws Exception {
    String source = lab.busybox();
    Path layout = temporary.resolve("layout");
    for (String target : List.of("local://" + layout, "registry.example/dry:run")) {
      JsonNode plan = starling.json("convert", "--dry-run", source, target).path("plan");
      assertThat(plan.path("images").path(0).path("layers").findValuesAsString("action"))
          .containsExactly("CONVERT", "CONVERT", "CONVERT");
    }
    Program.Outcome text =
        starling.run("convert", "--dry-run", source, "local://" + layout).succeeded();
    assertThat(text.out()).contains("convert ", "would be written to", "nothing was written");
    assertThat(
            starling
                .run(
                    "convert",
                    "--dry-run",
                    "--estargz-external-toc",
                    source,
                    "local://" + layout + ":x")
                .succeeded()
                .out())
        .contains("its TOC image would be local://" + layout + ":x-esgztoc");
    assertThat(layout).doesNotExist();
    assertThat(starling.files()).isEmpty();
  }
}
