package dev.starling.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.content.ImageSink;
import dev.starling.api.content.ImageSource;
import dev.starling.api.content.RandomAccessBlob;
import dev.starling.api.copy.PlatformSelection;
import dev.starling.api.estargz.Codec;
import dev.starling.api.estargz.Compression;
import dev.starling.api.estargz.EstargzAnnotations;
import dev.starling.api.estargz.EstargzOptions;
import dev.starling.api.estargz.LayerVerifier;
import dev.starling.api.estargz.TocImage;
import dev.starling.api.estargz.TocPlacement;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.RawManifest;
import dev.starling.api.job.Cancellation;
import dev.starling.api.layout.OciLayout;
import dev.starling.api.tar.Decompression;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExternalTocConversionTest {

  private static final LayerConversion PLAIN = estargz(TocPlacement.INSIDE);
  private static final LayerConversion LOSSLESS = estargz(TocPlacement.EXTERNAL_LOSSLESS);

  @TempDir Path folder;
  private OciLayout layout;
  private OciLayout result;
  private final Recorder recorder = new Recorder();

  private static LayerConversion estargz(TocPlacement toc) {
    return new LazyConversion(
        EstargzOptions.defaults().withCompression(new Compression.Gzip(6, toc)),
        Codec.best().displayName());
  }

  @BeforeEach
  void unpack() throws IOException {
    layout = SourceImage.unpack(folder.resolve("source"));
    result = OciLayout.create(folder.resolve("result"));
  }

  private RawManifest convert(String selector, LayerConversion conversion) throws IOException {
    return convert(selector, conversion, result.sink()).root();
  }

  private ImageConverter.Outcome convert(
      String selector, LayerConversion conversion, ImageSink sink) throws IOException {
    try (ImageSource source = layout.source();
        sink;
        WorkFolder work = WorkFolder.open(folder.resolve("work"), Clock.systemUTC())) {
      List<Destination> destinations =
          List.of(new Destination(sink, "converted", "the result", null));
      ImageConverter.Outcome outcome =
          new ImageConverter(
                  source, destinations, work, recorder, recorder.log(), new Cancellation())
              .convert(selector, ConversionRequest.of(PlatformSelection.all(), conversion, true));
      work.succeeded();
      return outcome;
    }
  }

  /** Goes on with the result as the source. */
  private void next(String name) throws IOException {
    layout = result;
    result = OciLayout.create(folder.resolve(name));
  }

  @ParameterizedTest
  @EnumSource(names = {"EXTERNAL", "EXTERNAL_LOSSLESS"})
  void aTocImageBesideTheImageHasTheTocOfEveryLayer(TocPlacement toc) throws IOException {
    Manifest image = Manifest.parse(convert(SourceImage.MANIFEST, estargz(toc)));
    try (ImageSource source = result.source()) {
      Manifest tocs = Manifest.parse(source.manifest("converted" + TocImage.SUFFIX));
      assertThat(tocs.layers()).hasSize(image.layers().size());
      assertThat(source.openBlob(tocs.config()).readAllBytes()).isEqualTo(TocImage.config());
      for (Descriptor layer : image.layers()) {
        assertThat(layer.mediaType()).isEqualTo(MediaType.OCI_LAYER_GZIP);
        Descriptor blob = Objects.requireNonNull(TocImage.find(tocs, layer.digest()));
        String claimed = layer.annotations().getOrDefault(EstargzAnnotations.TOC_DIGEST, "");
        LayerVerifier.Expected expected =
            new LayerVerifier.Expected(layer.digest(), layer.size(), null, Digest.parse(claimed));
        try (RandomAccessBlob content = source.openRandomAccess(layer)) {
          assertThat(
                  LayerVerifier.verify(content, expected, offset -> source.openBlob(blob, offset)))
              .isEmpty();
        }
      }
    }
  }

  @Test
  void losslessKeepsTheConfigAndTheTars() throws IOException {
    Manifest before = Manifest.parse(layout.manifest(Digest.parse(SourceImage.MANIFEST)));
    Manifest after = Manifest.parse(convert(SourceImage.MANIFEST, LOSSLESS));
    assertThat(after.config().digest()).isEqualTo(before.config().digest());
    for (int i = 0; i < before.layers().size(); i++) {
      assertThat(tar(result, after.layers().get(i))).isEqualTo(tar(layout, before.layers().get(i)));
    }
  }

  private static byte[] tar(OciLayout layout, Descriptor layer) throws IOException {
    try (ImageSource source = layout.source();
        InputStream in = Decompression.open(source.openBlob(layer))) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"EXTERNAL", "EXTERNAL_LOSSLESS"})
  void becomesPlainEstargzAgainAsIfItHadAlwaysBeen(TocPlacement toc) throws IOException {
    RawManifest direct = convert(SourceImage.MANIFEST, PLAIN);
    RawManifest external = convert(SourceImage.MANIFEST, estargz(toc));
    next("again");
    RawManifest again = convert(external.digest().toString(), PLAIN);
    assertThat(again).isEqualTo(direct);
    assertThat(result.entries()).hasSize(1);
  }

  @Test
  void uncompressingRemovesWhatMadeLayersLazy() throws IOException {
    Manifest source = Manifest.parse(layout.manifest(Digest.parse(SourceImage.MANIFEST)));
    RawManifest lazy = convert(SourceImage.MANIFEST, LOSSLESS);
    next("tar");
    Manifest tar = Manifest.parse(convert(lazy.digest().toString(), new Uncompression()));
    assertThat(tar.config().digest()).isEqualTo(source.config().digest());
    assertThat(tar.layers())
        .hasSize(2)
        .allSatisfy(layer -> {
          assertThat(layer.mediaType()).isEqualTo(MediaType.OCI_LAYER);
          assertThat(layer.annotations()).isEmpty();
        });
    next("back");
    assertThat(convert("converted", LOSSLESS)).isEqualTo(lazy);
  }

  @Test
  void whatAFailedRunConvertedIsTakenUpWithItsToc() throws IOException {
    ImageSink refusing = new RefusingSink(result.sink());
    assertThatThrownBy(() -> convert(SourceImage.MANIFEST, LOSSLESS, refusing))
        .hasMessageContaining("no manifest today");
    ImageConverter.Outcome outcome = convert(SourceImage.MANIFEST, LOSSLESS, result.sink());
    assertThat(outcome.images().getFirst().layers())
        .extracting(ConvertResult.Layer::action)
        .containsOnly(ConvertResult.Action.TAKEN_UP);
    try (ImageSource source = result.source()) {
      assertThat(source.manifest("converted" + TocImage.SUFFIX)).isEqualTo(outcome.tocImage());
    }
    try (Stream<Path> left = Files.walk(folder.resolve("work"))) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }
}
