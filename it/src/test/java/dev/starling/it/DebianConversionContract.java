package dev.starling.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.testkit.peer.Program;
import dev.starling.testkit.recipe.TestImages;
import dev.starling.testkit.tree.TreeListing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A real Debian image goes registry -> convert -> registry, and the field's programs judge the
 * result; subclasses choose how it is layered, and look at one more side of it each.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(Lab.Provider.class)
abstract class DebianConversionContract {
  private static final String TOC_ANNOTATION = "containerd.io/snapshot/stargz/toc.digest";
  private static final Set<String> OURS =
      Set.of(".no.prefetch.landmark", ".prefetch.landmark", "stargz.index.json");

  private final String variant;
  private final int layers;
  private final int names;
  @TempDir static Path shared = Path.of("");
  Path temporary = Path.of("");
  Starling starling;
  String source = "";
  String converted = "";
  JsonNode manifest;

  /**
   * @param variant the image's tag
   * @param layers that it has
   * @param names fewer than which its root file system must not have
   */
  DebianConversionContract(String variant, int layers, int names) {
    this.variant = variant;
    this.layers = layers;
    this.names = names;
  }

  @BeforeAll
  void convert(Lab lab) throws Exception {
    temporary = shared.resolve(variant);
    starling = Starling.in(temporary);
    source = lab.debian(variant);
    converted = lab.registry().image("converted:" + variant);
    starling.run("convert", "--estargz", "--oci", source, "http://" + converted).succeeded();
    manifest = lab.manifest(converted);
  }

  @AfterAll
  void leavesNothing() throws IOException {
    starling.leftNoTemporaryFile();
  }

  @Test
  void skopeoReadsIt(Lab lab) throws Exception {
    String inspected = Lab.skopeo("inspect", "docker://" + converted);
    assertThat(inspected).contains("\"Architecture\": \"amd64\"");
    assertThat(manifest.path("layers")).hasSize(layers);
    assertThat(manifest.path("mediaType").asString())
        .isEqualTo("application/vnd.oci.image.manifest.v1+json");
    assertThat(lab.manifest(source).path("layers")).hasSize(layers);
  }

  @Test
  void holdsTheSameFiles() throws Exception {
    Path layout = temporary.resolve("back");
    Path before = temporary.resolve("before");
    Path after = temporary.resolve("after");
    try {
      Lab.skopeo("copy", "-q", "docker://" + converted, "oci:" + layout + ":esgz");
      unpack(TestImages.debian() + ":" + variant, before);
      unpack(layout + ":esgz", after);
      TreeListing expected = TreeListing.of(before.resolve("rootfs"));
      TreeListing actual = TreeListing.of(after.resolve("rootfs"));
      assertThat(expected.lines()).hasSizeGreaterThan(names);
      assertThat(actual.lines()).containsKey(".no.prefetch.landmark");
      assertThat(expected.differences(actual.without(OURS::contains))).isEmpty();
    } finally {
      Lab.delete(layout);
      Lab.delete(before);
      Lab.delete(after);
    }
  }

  private static void unpack(String image, Path bundle) throws IOException, InterruptedException {
    Program.of("umoci", "unpack", "--image", image, bundle.toString()).check();
  }

  @Test
  void ctrRemotePullsItAndAgreesOnEveryToc(Lab lab) throws Exception {
    lab.containerd().ctrRemote("images", "pull", "--plain-http", converted).check();
    for (JsonNode layer : manifest.path("layers")) {
      String digest = layer.path("digest").asString();
      String annotated = layer.path("annotations").path(TOC_ANNOTATION).asString();
      String seen = lab.containerd().ctrRemote("images", "get-toc-digest", digest).check().strip();
      assertThat(seen).as("TOC digest of %s", digest).isEqualTo(annotated);
      assertThat(sha256(toc(lab, digest))).isEqualTo(annotated);
    }
  }

  /** The raw TOC of a layer, found by GNU tar. */
  static String toc(Lab lab, String digest) throws Exception {
    Path blob = lab.blob(digest);
    assertThat(Files.size(blob)).isPositive();
    return Program.of("tar", "-xOzf", blob.toString(), "stargz.index.json").check();
  }

  private static String sha256(String text) throws NoSuchAlgorithmException {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return "sha256:" + HexFormat.of().formatHex(hash);
  }
}
