package dev.starling.shell.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.api.content.ImageSink;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Index;
import dev.starling.api.image.RawManifest;
import dev.starling.api.layout.OciLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands over the local image store and layout directories. */
@SuppressWarnings("NullAway.Init")
class StoreCommandsTest {

  @TempDir private Path directory;
  private Bench bench;
  private RawManifest index;
  private String layout;

  @BeforeEach
  void makeImage() throws IOException {
    bench = new Bench(directory);
    Path layoutDirectory = directory.resolve("layout");
    layout = "local://" + layoutDirectory + ":v1";
    try (ImageSink sink = OciLayout.create(layoutDirectory).sink()) {
      index = SampleImage.writeIndex(sink, "v1");
    }
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void tagBringsAnImageIntoTheStoreAndLsListsIt() {
    assertThat(bench.run("tag --platform linux/amd64 " + layout + " registry.example/app:1"))
        .isZero();
    assertThat(bench.out())
        .isEqualTo(
            """
            digest: %s
            registry.example/app:1 is in the local image store; next: starling push registry.example/app:1
            """
                .formatted(index.digest()));

    assertThat(bench.run("ls")).isZero();
    assertThat(Bench.numbered(bench.out()).replaceAll(" +", " "))
        .isEqualTo(
            """
            REF TYPE DIGEST SIZE PLATFORMS LAZY
            registry.example/app:1 application/vnd.oci.image.index.v1+json sha256:#1 5.4 kB linux/amd64 no
            """);
    assertThat(bench.run("ls -q")).isZero();
    assertThat(bench.out()).isEqualTo("registry.example/app:1\n");
    assertThat(bench.run("ls --format json")).isZero();
    assertThat(bench.out())
        .contains("\"name\" : \"registry.example/app:1\"")
        .contains("\"platforms\" : [ \"linux/amd64\" ]");
  }

  @Test
  void tagWithinTheStoreOnlyAddsAName() {
    assertThat(bench.run("tag --all-platforms " + layout + " registry.example/app:1")).isZero();
    assertThat(bench.run("tag registry.example/app:1 other.example/app:2")).isZero();
    assertThat(bench.run("rm registry.example/app:1")).isZero();
    assertThat(bench.out())
        .isEqualTo(
            """
            removed registry.example/app:1
            0 B freed in the local image store; next: starling ls
            """);

    assertThat(bench.run("manifest other.example/app:2")).isZero();
    assertThat(bench.raw()).isEqualTo(index.bytes());
  }

  @Test
  void inspectShowsPlatformsAndLayers() {
    bench.run("tag --platform linux/amd64 " + layout + " registry.example/app:1");

    assertThat(bench.run("inspect registry.example/app:1")).isZero();

    assertThat(Bench.numbered(bench.out()))
        .isEqualTo(
            """
            image   registry.example/app:1
            digest  sha256:#1
            type    application/vnd.oci.image.index.v1+json
            linux/amd64  sha256:#2  4.3 kB, not lazily readable
              config   sha256:#3
              layer 1  sha256:#4  2.0 kB  tar
              layer 2  sha256:#5  2.0 kB  tar
            linux/arm64  sha256:#6  listed, not here
            registry.example/app:1 is in the local image store; next: starling convert --oci --estargz registry.example/app:1 TARGET
            """);
  }

  @Test
  void inspectAsJson() {
    assertThat(bench.run("inspect --platform linux/arm64 --format json " + layout)).isZero();

    assertThat(Bench.numbered(bench.out()))
        .isEqualTo(
            """
            {
              "image" : "%1$s",
              "place" : "the layout %2$s",
              "digest" : "sha256:#1",
              "mediaType" : "application/vnd.oci.image.index.v1+json",
              "images" : [ {
                "platform" : "linux/arm64",
                "digest" : "sha256:#2",
                "mediaType" : "application/vnd.oci.image.manifest.v1+json",
                "present" : true,
                "config" : "sha256:#3",
                "size" : 2199,
                "layers" : [ {
                  "digest" : "sha256:#4",
                  "mediaType" : "application/vnd.oci.image.layer.v1.tar",
                  "size" : 2048,
                  "kind" : "TAR",
                  "tocDigest" : null,
                  "tocBlob" : null
                } ]
              } ]
            }
            """
                .formatted(layout, directory.resolve("layout")));
  }

  @Test
  void rawContentComesOutByteForByte() throws IOException {
    assertThat(bench.run("manifest " + layout)).isZero();
    assertThat(bench.raw()).isEqualTo(index.bytes());
    assertThat(bench.out()).isEmpty();

    assertThat(bench.run("manifest --platform linux/arm64 " + layout)).isZero();
    Digest arm64 = Index.parse(index).manifests().get(1).digest();
    assertThat(Digest.sha256(bench.raw())).isEqualTo(arm64);

    assertThat(bench.run("config --platform linux/arm64 " + layout)).isZero();
    assertThat(bench.rawText()).startsWith("{\"architecture\":\"arm64\",");
    Digest config = Digest.sha256(bench.raw());

    String name = "local://" + directory.resolve("layout") + "@" + config;
    assertThat(bench.run("blob " + name)).isZero();
    assertThat(Digest.sha256(bench.raw())).isEqualTo(config);

    Path file = directory.resolve("config.json");
    assertThat(bench.run("blob -o " + file + " " + name)).isZero();
    assertThat(Digest.sha256(Files.readAllBytes(file))).isEqualTo(config);
    assertThat(bench.out()).isEqualTo(config + " (151 B) is in " + file + "\n");
    assertThat(bench.raw()).isEmpty();
  }

  @Test
  void rawContentAsJsonIsARecord() {
    assertThat(bench.run("config --platform linux/arm64 --format json " + layout)).isZero();

    assertThat(bench.raw()).isEmpty();
    assertThat(bench.out())
        .contains("\"mediaType\" : \"application/vnd.oci.image.config.v1+json\"")
        .contains("\"size\" : 151")
        .contains("\"content\" : \"{\\\"architecture\\\":\\\"arm64\\\"");
  }

  @Test
  void pushNarrowsAnIndexWithMissingPlatforms() throws IOException {
    bench.run("tag --platform linux/amd64 " + layout + " registry.example/app:1");
    Path target = directory.resolve("target");

    assertThat(bench.run("push registry.example/app:1 local://" + target + ":v2")).isZero();

    assertThat(bench.err())
        .contains("index " + index.digest() + " lists 2 images, of which only linux/amd64 is");
    RawManifest pushed = OciLayout.open(target).source().manifest("v2");
    assertThat(Index.parse(pushed).manifests())
        .containsExactly(Index.parse(index).manifests().getFirst());
    assertThat(Bench.numbered(bench.out()))
        .isEqualTo(
            """
            sha256:#1     2.0 kB  written
            sha256:#2     2.0 kB  written
            sha256:#3      225 B  written
            digest: sha256:#4
            local://%1$s:v2 is in the layout %1$s; next: starling check local://%1$s:v2
            """
                .formatted(target));
  }

  @Test
  void pushKeepsTheBytesOfACompleteIndex() throws IOException {
    bench.run("tag --all-platforms " + layout + " registry.example/app:1");
    Path target = directory.resolve("target");

    assertThat(bench.run("push registry.example/app:1 local://" + target)).isZero();
    assertThat(OciLayout.open(target).source().manifest("latest")).isEqualTo(index);

    assertThat(bench.run("push registry.example/app:1 local://" + target)).isZero();
    assertThat(bench.out()).contains("exists").doesNotContain("written");
  }

  @Test
  void oneLineForWhatIsNotThere() {
    assertThat(bench.run("push registry.example/app:1")).isEqualTo(1);
    assertThat(bench.problem())
        .isEqualTo(
            "starling: the local image store has no registry.example/app:1;"
                + " pull or convert it first, or see: starling ls\n");

    assertThat(bench.run("rm registry.example/app:1")).isEqualTo(1);
    assertThat(bench.err()).contains("the local image store has no registry.example/app:1");

    assertThat(bench.run("inspect local://" + directory.resolve("layout") + ":v9")).isEqualTo(1);
    assertThat(bench.problem()).contains("has no image 'v9'; it has v1").hasLineCount(1);
  }

  @Test
  void oneLineForAMistakeOnTheLine() {
    assertThat(bench.run("inspect registry.example/App:1")).isEqualTo(2);
    assertThat(bench.problem()).contains("'App' is not a repository").hasLineCount(1);

    assertThat(bench.run("blob registry.example/app:1")).isEqualTo(2);
    assertThat(bench.problem()).contains("names no blob").hasLineCount(1);

    assertThat(bench.run("pull local:///tmp/x")).isEqualTo(2);
    assertThat(bench.problem()).contains("'local:///tmp/x' is a directory").hasLineCount(1);

    assertThat(bench.run("inspect --platform linux/x/y/z " + layout)).isEqualTo(2);
    assertThat(bench.problem()).contains("expected <os>, <arch>").hasLineCount(1);
  }
}
