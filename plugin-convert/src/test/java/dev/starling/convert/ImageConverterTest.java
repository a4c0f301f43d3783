package dev.starling.convert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.command.CommandException;
import dev.starling.api.content.ImageSink;
import dev.starling.api.content.ImageSource;
import dev.starling.api.copy.PlatformSelection;
import dev.starling.api.estargz.Codec;
import dev.starling.api.estargz.Compression;
import dev.starling.api.estargz.EstargzAnnotations;
import dev.starling.api.estargz.EstargzOptions;
import dev.starling.api.estargz.ZstdCodec;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Index;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.Platform;
import dev.starling.api.image.RawManifest;
import dev.starling.api.job.Cancellation;
import dev.starling.api.layout.OciLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageConverterTest {

  private static final LazyConversion ESTARGZ =
      new LazyConversion(EstargzOptions.defaults(), Codec.best().displayName());

  private static final LazyConversion ZSTD_CHUNKED =
      new LazyConversion(
          EstargzOptions.defaults().withCompression(new Compression.Zstd(3)),
          ZstdCodec.best().displayName());

  @TempDir Path folder;
  private OciLayout layout;
  private OciLayout result;
  private final Cancellation cancellation = new Cancellation();
  private final Recorder recorder = new Recorder();

  @BeforeEach
  void unpack() throws IOException {
    layout = SourceImage.unpack(folder.resolve("source"));
    result = OciLayout.create(folder.resolve("result"));
  }

  private ImageConverter.Outcome convert(
      String selector, @Nullable LayerConversion conversion, boolean oci) throws IOException {
    return convert(selector, PlatformSelection.all(), conversion, oci, result.sink());
  }

  private ImageConverter.Outcome convert(
      String selector,
      PlatformSelection platforms,
      @Nullable LayerConversion conversion,
      boolean oci,
      ImageSink sink)
      throws IOException {
    try (ImageSource source = layout.source();
        sink;
        WorkFolder work = WorkFolder.open(folder.resolve("work"), Clock.systemUTC())) {
      Destination destination = new Destination(sink, "converted", "the result", null);
      ImageConverter.Outcome outcome =
          new ImageConverter(
                  source, List.of(destination), work, recorder, recorder.log(), cancellation)
              .convert(selector, ConversionRequest.of(platforms, conversion, oci));
      work.succeeded();
      return outcome;
    }
  }

  /** Digests and sizes depend on the compressor: what is left must be the reference's. */
  private static String masked(String json) {
    return json.replaceAll("sha256:[0-9a-f]{64}", "DIGEST").replaceAll("\"size\":\\d+", "SIZE");
  }

  @Test
  void manifestAndConfigAreTheReferencesButForDigestsAndSizes() throws IOException {
    RawManifest root = convert(SourceImage.MANIFEST, ESTARGZ, true).root();
    assertThat(masked(new String(root.bytes(), UTF_8)))
        .isEqualTo(masked(SourceImage.text("esgz.manifest.json")));
    Manifest manifest = Manifest.parse(root);
    String config =
        Files.readString(folder.resolve("result/blobs/sha256/" + manifest.config().digest().hex()));
    assertThat(masked(config)).isEqualTo(masked(SourceImage.text("esgz.config.json")));
    assertThat(result.source().manifest("converted")).isEqualTo(root);
  }

  @Test
  void zstdChunkedIsTheReferencesButForDigestsAndSizes() throws IOException {
    RawManifest root = convert(SourceImage.MANIFEST, ZSTD_CHUNKED, true).root();
    // The reference's TOC is longer: two workers made it, and each names the owners anew.
    String position = "\\d+:\\d+:\\d+:1";
    assertThat(masked(new String(root.bytes(), UTF_8)).replaceAll(position, "AT"))
        .isEqualTo(masked(SourceImage.text("zstd.manifest.json")).replaceAll(position, "AT"));
  }

  @Test
  void zstdChunkedBecomesCleanEstargzAgain() throws IOException {
    RawManifest estargz = convert(SourceImage.MANIFEST, ESTARGZ, true).root();
    RawManifest zstd = convert(SourceImage.MANIFEST, ZSTD_CHUNKED, true).root();
    layout = result;
    result = OciLayout.create(folder.resolve("again"));
    assertThat(convert(zstd.digest().toString(), ESTARGZ, true).root()).isEqualTo(estargz);
    assertThat(convert(estargz.digest().toString(), ZSTD_CHUNKED, true).root()).isEqualTo(zstd);
  }

  @Test
  void dockersMediaTypesStayAndSoDoesTheTocDigest() throws IOException {
    Manifest manifest = Manifest.parse(convert(SourceImage.MANIFEST, ESTARGZ, false).root());
    assertThat(manifest.mediaType()).isEqualTo(MediaType.DOCKER_MANIFEST);
    assertThat(manifest.layers())
        .allSatisfy(layer -> {
          assertThat(layer.mediaType()).isEqualTo(MediaType.DOCKER_LAYER_GZIP);
          assertThat(layer.annotations()).containsKey(EstargzAnnotations.TOC_DIGEST);
        });
  }

  @Test
  void convertingTheResultAgainChangesNothing() throws IOException {
    RawManifest once = convert(SourceImage.MANIFEST, ESTARGZ, true).root();
    layout = result;
    result = OciLayout.create(folder.resolve("again"));
    assertThat(convert(once.digest().toString(), ESTARGZ, true).root()).isEqualTo(once);
  }

  @Test
  void onlyTheMediaTypesChangeWithoutAConversion() throws IOException {
    Manifest source = Manifest.parse(layout.manifest(Digest.parse(SourceImage.MANIFEST)));
    Manifest manifest = Manifest.parse(convert(SourceImage.MANIFEST, null, true).root());
    assertThat(manifest.mediaType()).isEqualTo(MediaType.OCI_MANIFEST);
    assertThat(manifest.layers().stream().map(Descriptor::digest))
        .isEqualTo(source.layers().stream().map(Descriptor::digest).toList());
  }

  @Test
  void anIndexKeepsTheChosenPlatformsAndConvertsASharedLayerOnce() throws IOException {
    String index = index(Platform.of("linux", "amd64", null), Platform.of("linux", "arm64", "v8"));
    ImageConverter.Outcome both = convert(index, ESTARGZ, true);
    assertThat(Index.parse(both.root()).manifests()).hasSize(2);
    assertThat(recorder.conversions()).isEqualTo(2);

    ImageConverter.Outcome one =
        convert(
            index,
            PlatformSelection.of(List.of(Platform.of("linux", "arm64", null))),
            ESTARGZ,
            true,
            result.sink());
    assertThat(Index.parse(one.root()).manifests())
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.platform()).hasToString("linux/arm64/v8");
          assertThat(entry.mediaType()).isEqualTo(MediaType.OCI_MANIFEST);
        });
    assertThatThrownBy(() ->
            convert(
                index,
                PlatformSelection.of(List.of(Platform.of("linux", "s390x", null))),
                ESTARGZ,
                true,
                result.sink()))
        .hasMessageContaining("no linux/s390x; it has linux/amd64, linux/arm64/v8");
  }

  private String index(Platform... platforms) throws IOException {
    RawManifest manifest = layout.manifest(Digest.parse(SourceImage.MANIFEST));
    List<Descriptor> entries =
        Stream.of(platforms).map(manifest.descriptor()::withPlatform).toList();
    RawManifest raw =
        new Index(MediaType.DOCKER_MANIFEST_LIST, null, entries, null, new TreeMap<>()).toRaw();
    try (ImageSink sink = layout.sink()) {
      sink.putManifest(raw, "index");
    }
    return "index";
  }

  @Test
  void whatAFailedRunConvertedIsTakenUpAndNothingIsLeftAfterwards() throws IOException {
    assertThatThrownBy(() ->
            convert(
                SourceImage.MANIFEST,
                PlatformSelection.all(),
                ESTARGZ,
                true,
                new RefusingSink(result.sink())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no manifest today");
    List<ConvertResult.Layer> layers =
        convert(SourceImage.MANIFEST, ESTARGZ, true).images().getFirst().layers();
    assertThat(layers)
        .extracting(ConvertResult.Layer::action)
        .containsOnly(ConvertResult.Action.TAKEN_UP);
    try (Stream<Path> left = Files.walk(folder.resolve("work"))) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void aLayerThatIsNotItsDigestIsNamedAndNothingIsWritten() throws IOException {
    Descriptor layer =
        Manifest.parse(layout.manifest(Digest.parse(SourceImage.MANIFEST))).layers().get(1);
    Path blob = layout.blobs().file(layer.digest());
    byte[] bytes = Files.readAllBytes(blob);
    bytes[bytes.length / 2] ^= 1;
    Files.write(blob, bytes);
    assertThatThrownBy(() -> convert(SourceImage.MANIFEST, ESTARGZ, true))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(layer.digest().toString());
    assertThat(result.entries()).isEmpty();
  }

  @RepeatedTest(20) // which thread tells of the failure first is a matter of chance
  void aLayerIsNotBlamedForTheFailureOfTheOneBesideIt() throws IOException {
    List<String> faults =
        Manifest.parse(layout.manifest(Digest.parse(SourceImage.MANIFEST))).layers().stream()
            .map(layer -> "layer " + layer.digest() + ": " + FailingConversion.fault(layer.size()))
            .toList();
    assertThatThrownBy(() -> convert(SourceImage.MANIFEST, new FailingConversion(), true))
        .isInstanceOf(CommandException.class)
        .extracting(Throwable::getMessage)
        .isIn(faults);
  }

  @Test
  void aCancelledJobWritesNothing() throws IOException {
    cancellation.request();
    assertThatThrownBy(() -> convert(SourceImage.MANIFEST, ESTARGZ, true))
        .isInstanceOf(CancellationException.class);
    assertThat(result.entries()).isEmpty();
  }
}
