package dev.starling.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.testkit.peer.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The lines of ctr-remote's documentation about smaller images, on a real Debian image. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(Lab.Provider.class)
class SmallerImagesTest {
  private static final String LAYER_DIGEST = "containerd.io/snapshot/stargz/layer.digest";
  private static final String TOC_DIGEST = "containerd.io/snapshot/stargz/toc.digest";

  @TempDir static Path temporary = Path.of("");
  private Starling starling;
  private String source = "";
  private long plainSize;

  @BeforeAll
  void pull(Lab lab) throws Exception {
    starling = Starling.in(temporary);
    source = lab.debian("base");
    starling.run("i", "pull", "--plain-http", source).succeeded();
    plainSize = convert(lab, "plain");
  }

  @AfterAll
  void leavesNothing() throws IOException {
    starling.leftNoTemporaryFile();
  }

  private static String name(Lab lab, String tag) {
    return lab.registry().image("smaller:" + tag);
  }

  /** Converts and pushes as documented; returns the size of all layers. */
  private long convert(Lab lab, String tag, String... flags) throws Exception {
    String[] line = {"i", "convert", "--oci", "--estargz"};
    List<String> words = new ArrayList<>(List.of(line));
    words.addAll(List.of(flags));
    words.addAll(List.of(source, name(lab, tag)));
    starling.run(words.toArray(String[]::new)).succeeded();
    starling.run("i", "push", "--plain-http", name(lab, tag)).succeeded();
    long size = 0;
    for (JsonNode layer : lab.manifest(name(lab, tag)).path("layers")) {
      size += layer.path("size").asLong();
    }
    return size;
  }

  @Test
  @Order(1)
  void externalToc(Lab lab) throws Exception {
    assertThat(convert(lab, "ex", "--estargz-external-toc")).isLessThan(plainSize);
    JsonNode tocs = lab.manifest(name(lab, "ex-esgztoc"));
    // The documented line comes second to the push that took it along, and changes nothing.
    starling.run("i", "push", "--plain-http", name(lab, "ex-esgztoc")).succeeded();
    assertThat(lab.manifest(name(lab, "ex-esgztoc"))).isEqualTo(tocs);
    JsonNode layers = lab.manifest(name(lab, "ex")).path("layers");
    assertThat(tocs.path("layers")).hasSameSizeAs(layers);
    for (JsonNode layer : layers) {
      String digest = layer.path("digest").asString();
      String files = Program.of("tar", "-tzf", lab.blob(digest).toString()).check();
      assertThat(files.lines())
          .contains(".no.prefetch.landmark")
          .doesNotContain("stargz.index.json");
      assertThat(tocOf(lab, tocs, digest))
          .isEqualTo(layer.path("annotations").path(TOC_DIGEST).asString());
    }
    assertReadable(lab, "ex");
    Program.Outcome removed = starling.run("rm", name(lab, "ex")).succeeded();
    assertThat(removed.out()).contains(name(lab, "ex-esgztoc"));
    assertThat(starling.run("ls").succeeded().out()).doesNotContain("esgztoc");
  }

  /** The digest of a layer's TOC as GNU tar finds it in the blob that the TOC image names. */
  private static String tocOf(Lab lab, JsonNode tocs, String layer) throws Exception {
    for (JsonNode toc : tocs.path("layers")) {
      if (toc.path("annotations").path(LAYER_DIGEST).asString().equals(layer)) {
        String script = "tar -xOzf \"$0\" stargz.index.json | sha256sum";
        Path blob = lab.blob(toc.path("digest").asString());
        return "sha256:"
            + Program.of("sh", "-c", script, blob.toString()).check().split(" ", -1)[0];
      }
    }
    return "no TOC of " + layer;
  }

  /** Our own check and the field's programs take the image and its TOC image. */
  private void assertReadable(Lab lab, String tag) throws Exception {
    starling.run("check", "--plain-http", "http://" + name(lab, tag)).succeeded();
    starling.run("toc", "--plain-http", "http://" + name(lab, tag)).succeeded();
    starling.run("inspect", "--plain-http", name(lab, tag + "-esgztoc")).succeeded();
    Lab.skopeo("inspect", "docker://" + name(lab, tag));
    lab.containerd().ctrRemote("images", "pull", "--plain-http", name(lab, tag)).check();
    Path layout = temporary.resolve("layout-" + tag);
    Lab.skopeo("copy", "-q", "docker://" + name(lab, tag), "oci:" + layout + ":it");
    Lab.delete(layout);
  }

  @Test
  @Order(2)
  void keepDiffId(Lab lab) throws Exception {
    convert(lab, "ex-keepdiff", "--estargz-external-toc", "--estargz-keep-diff-id");
    starling.run("i", "push", "--plain-http", name(lab, "ex-keepdiff-esgztoc")).succeeded();
    JsonNode manifest = lab.manifest(name(lab, "ex-keepdiff"));
    String config = manifest.path("config").path("digest").asString();
    JsonNode diffIds = diffIds(name(lab, "ex-keepdiff"), config);
    assertThat(diffIds).isEqualTo(diffIds(source, config)).isNotEmpty();
    for (int i = 0; i < diffIds.size(); i++) {
      String digest = manifest.path("layers").path(i).path("digest").asString();
      String script = "gunzip < \"$0\" | sha256sum";
      String sum = Program.of("sh", "-c", script, lab.blob(digest).toString()).check();
      assertThat("sha256:" + sum.split(" ", -1)[0]).isEqualTo(diffIds.path(i).asString());
    }
    assertReadable(lab, "ex-keepdiff");
  }

  private JsonNode diffIds(String image, String config) throws Exception {
    String json = starling.run("blob", "--plain-http", image + "@" + config).succeeded().out();
    return JsonMapper.shared().readTree(json).path("rootfs").path("diff_ids");
  }

  @Test
  @Order(3)
  void minChunkSize(Lab lab) throws Exception {
    assertThat(convert(lab, "chunk50000", "--estargz-min-chunk-size=50000")).isLessThan(plainSize);
    starling.run("check", "--plain-http", "http://" + name(lab, "chunk50000")).succeeded();
    lab.containerd().ctrRemote("images", "pull", "--plain-http", name(lab, "chunk50000")).check();
    long all =
        convert(
            lab,
            "all",
            "--estargz-external-toc",
            "--estargz-keep-diff-id",
            "--estargz-min-chunk-size=50000",
            "--estargz-chunk-size=65536");
    assertThat(all).isLessThan(plainSize);
    starling.run("check", "--plain-http", "http://" + name(lab, "all")).succeeded();
  }

  @Test
  @Order(4)
  void everyVariantBecomesPlainEstargzAgain(Lab lab) throws Exception {
    String plain = digest("convert", "--oci", "--estargz", source, layout("plain"));
    String sourceManifest = lab.manifest(source).path("config").path("digest").asString();
    digest("convert", "--oci", "--zstdchunked", source, layout("zstd"));
    digest("convert", "--oci", "--uncompress", name(lab, "ex-keepdiff"), layout("tar"));
    JsonNode tar = starling.json("inspect", layout("tar")).path("images").path(0);
    assertThat(tar.path("config").asString()).isEqualTo(sourceManifest);
    assertThat(tar.path("layers").findValuesAsString("kind")).containsOnly("TAR");
    for (String variant : List.of(name(lab, "ex"), name(lab, "ex-keepdiff"), layout("tar"))) {
      assertThat(digest("convert", "--oci", "--estargz", variant, layout("again")))
          .as("plain eStargz made of %s", variant)
          .isEqualTo(plain);
    }
    assertThat(digest("convert", "--oci", "--estargz", layout("zstd"), layout("again")))
        .as("plain eStargz made of zstd:chunked")
        .isEqualTo(plain);
    Lab.delete(temporary.resolve("variants"));
  }

  private static String layout(String tag) {
    return "local://" + temporary.resolve("variants") + ":" + tag;
  }

  private String digest(String... line) throws Exception {
    return starling.json(line).path("digest").asString();
  }

  @Test
  @Order(5)
  void aLayoutHoldsTheTocImageBesideTheImage() throws Exception {
    String target = "local://" + temporary.resolve("out") + ":1";
    JsonNode result =
        starling.json("convert", "--oci", "--estargz", "--estargz-external-toc", source, target);
    assertThat(result.path("tocImage").path("name").asString()).isEqualTo(target + "-esgztoc");
    starling.run("check", target).succeeded();
    JsonNode layers = starling.json("inspect", target).path("images").path(0).path("layers");
    assertThat(layers.path(0).path("tocBlob").asString()).startsWith("sha256:");
    starling.run("toc", "--layer", "1", "--dump", target).succeeded();
    Lab.delete(temporary.resolve("out"));
  }

  @ParameterizedTest
  @Order(6)
  @CsvSource({
    "--estargz --uncompress r.example/a:b, --estargz and --uncompress",
    "--estargz --estargz-keep-diff-id r.example/a:b, --estargz-keep-diff-id needs --estargz-ext",
    "--oci --zstdchunked --estargz-external-toc r.example/a:b, --estargz-external-toc and --zstd",
    "--estargz --estargz-external-toc r.example/a, no tag",
    "--estargz --estargz-external-toc http://127.0.0.1:1/a, no tag"
  })
  void contradictionsAreRefused(String line, String words) throws Exception {
    List<String> all = new ArrayList<>(List.of("convert"));
    all.addAll(List.of(line.split(" ", -1)));
    all.add(all.size() - 1, source);
    starling.run(all.toArray(String[]::new)).misusedSaying(words);
  }
}
