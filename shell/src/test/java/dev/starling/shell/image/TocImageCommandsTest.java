package dev.starling.shell.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.api.content.ImageSink;
import dev.starling.api.content.ImageSource;
import dev.starling.api.estargz.Compression;
import dev.starling.api.estargz.ConvertedLayer;
import dev.starling.api.estargz.EstargzAnnotations;
import dev.starling.api.estargz.EstargzOptions;
import dev.starling.api.estargz.LayerConverter;
import dev.starling.api.estargz.TocBlob;
import dev.starling.api.estargz.TocImage;
import dev.starling.api.estargz.TocPlacement;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.RawManifest;
import dev.starling.api.layout.RepositoryNames;
import dev.starling.testkit.fault.FaultyRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands on an image whose TOCs are in an image beside it. */
@Timeout(300)
@SuppressWarnings("NullAway.Init")
class TocImageCommandsTest {

  @TempDir private Path directory;
  private FaultyRegistry registry;
  private Bench bench;
  private RawManifest image;

  @BeforeEach
  void start() throws IOException {
    bench = new Bench(directory);
    registry = FaultyRegistry.start(directory.resolve("registry"));
    try (ImageSink sink = registry.layout().sink(RepositoryNames.served("app"))) {
      image = write(sink);
    }
  }

  @AfterEach
  void stop() throws IOException {
    bench.close();
    registry.close();
  }

  private RawManifest write(ImageSink sink) throws IOException {
    byte[] tar = SampleImage.tar("file", "content");
    Path file = directory.resolve("layer");
    ConvertedLayer layer =
        LayerConverter.convert(
            offset -> new ByteArrayInputStream(tar),
            file,
            EstargzOptions.defaults()
                .withCompression(new Compression.Gzip(6, TocPlacement.EXTERNAL_LOSSLESS)),
            directory,
            _ -> {});
    TocBlob toc = Objects.requireNonNull(layer.tocBlob());
    Descriptor blob =
        Descriptor.of(MediaType.OCI_LAYER_GZIP, layer.digest(), layer.size())
            .withAnnotations(
                Map.of(EstargzAnnotations.TOC_DIGEST, String.valueOf(layer.tocDigest())));
    sink.putFile(blob, file);
    sink.putFile(TocImage.describe(toc), LayerConverter.tocFile(file));
    SampleImage.put(sink, MediaType.OCI_CONFIG, TocImage.config());
    sink.putManifest(TocImage.manifest(Map.of(layer.digest(), toc)), "1" + TocImage.SUFFIX);
    String config =
        "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":"
            + "{\"type\":\"layers\",\"diff_ids\":[\"%s\"]}}".formatted(layer.diffId());
    Descriptor put =
        SampleImage.put(sink, MediaType.OCI_CONFIG, config.getBytes(StandardCharsets.UTF_8));
    RawManifest raw =
        new Manifest(MediaType.OCI_MANIFEST, null, put, List.of(blob), null, new TreeMap<>())
            .toRaw();
    sink.putManifest(raw, "1");
    return raw;
  }

  @Test
  void theTocImageComesAndGoesWithTheImage() throws IOException {
    String name = registry.host() + "/app:1";
    String other = registry.host() + "/other:2";
    assertThat(bench.run("pull " + name)).isZero();
    assertThat(bench.out()).contains("TOC image " + name + "-esgztoc: 2 blobs of");

    assertThat(bench.run("push " + name + " " + other)).isZero();
    assertThat(bench.out()).contains("TOC image " + other + "-esgztoc: ");
    assertThat(bench.err()).contains("its TOC image goes along, as " + other + "-esgztoc");
    try (ImageSource pushed = registry.layout().source(RepositoryNames.served("other"));
        ImageSource served = registry.layout().source(RepositoryNames.served("app"))) {
      assertThat(pushed.manifest("2")).isEqualTo(image);
      assertThat(pushed.manifest("2-esgztoc")).isEqualTo(served.manifest("1-esgztoc"));
    }
    assertThat(bench.run("push " + name + "-esgztoc")).isZero();
    assertThat(bench.out()).contains("exists").doesNotContain("written");

    String digest = registry.host() + "/app@" + image.digest();
    assertThat(bench.run("push " + name + " " + digest)).isZero();
    assertThat(bench.err()).contains("does not go along, because only a tag names it");

    assertThat(bench.run("rm " + name + "-esgztoc")).isZero();
    assertThat(bench.run("push " + name)).isZero();
    assertThat(bench.err()).contains("its TOC image 1-esgztoc is not there");
  }

  @Test
  void tocsAreReadAndVerifiedThroughTheTocImage() {
    String name = "http://" + registry.host() + "/app:1";
    for (String line : List.of("check ", "toc --layer 1 --dump ", "inspect ")) {
      assertThat(bench.run(line + name)).as(line + bench.err()).isZero();
      assertThat(bench.run(line + name + "-esgztoc") == 0)
          .as(line)
          .isEqualTo(!line.contains("toc"));
    }
    assertThat(bench.run("inspect " + name)).isZero();
    assertThat(bench.out()).contains("external toc sha256:").contains("lazily readable");
    assertThat(bench.run("check " + registry.host() + "/app@" + image.digest())).isEqualTo(1);
    assertThat(bench.out()).contains("name the image by its tag alone");
  }

  @Test
  void aMissingOrWrongTocImageIsAProblemOfTheLayer() throws IOException {
    String name = "http://" + registry.host() + "/app:1";
    try (ImageSink sink = registry.layout().sink(RepositoryNames.served("app"))) {
      sink.putManifest(TocImage.manifest(Map.of()), "1" + TocImage.SUFFIX);
      assertThat(bench.run("check " + name)).isEqualTo(1);
      assertThat(bench.out()).contains("under the tag 1-esgztoc, has none for this layer");
      sink.putManifest(image, "3");
    }
    String untold = "http://" + registry.host() + "/app:3";
    assertThat(bench.run("toc " + untold)).isEqualTo(1);
    assertThat(bench.problem())
        .contains("its TOC image is missing beside the image, under the tag 3-esgztoc")
        .hasLineCount(1);
  }
}
