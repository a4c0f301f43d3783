package dev.starling.snapshot.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.api.content.ImageSink;
import dev.starling.api.estargz.Compression;
import dev.starling.api.estargz.ConvertedLayer;
import dev.starling.api.estargz.EstargzOptions;
import dev.starling.api.estargz.LayerConverter;
import dev.starling.api.estargz.TocBlob;
import dev.starling.api.estargz.TocImage;
import dev.starling.api.estargz.TocPlacement;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.reference.Reference;
import dev.starling.snapshot.layer.Layer;
import dev.starling.snapshot.layer.Laziness;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Layers whose TOCs lie in the TOC image beside theirs. */
final class ExternalTocLayerTest extends AbstractLayerTest {

  private final byte[] tar = LayerFormatTest.sample();

  private record Pushed(Descriptor layer, TocBlob toc) {}

  /** Puts a layer in the registry and its TOC beside it, but no TOC image. */
  private Pushed push(TocPlacement placement) throws IOException {
    Path file = folder.resolve("converted");
    ConvertedLayer converted =
        LayerConverter.convert(
            offset -> new ByteArrayInputStream(tar, (int) offset, tar.length - (int) offset),
            file,
            EstargzOptions.defaults().withCompression(new Compression.Gzip(6, placement)),
            folder,
            read -> {});
    TocBlob toc = Objects.requireNonNull(converted.tocBlob());
    try (ImageSink sink = fixture.sink()) {
      sink.putFile(TocImage.describe(toc), LayerConverter.tocFile(file));
    }
    return new Pushed(
        fixture.push(Files.readAllBytes(file), Objects.requireNonNull(converted.tocDigest())), toc);
  }

  private void pushTocImage(Digest layer, TocBlob toc) throws IOException {
    try (ImageSink sink = fixture.sink()) {
      byte[] config = TocImage.config();
      sink.putBlob(TocImage.configDescriptor(), offset -> new ByteArrayInputStream(config), null);
      sink.putManifest(TocImage.manifest(Map.of(layer, toc)), fixture.reference.tag() + "-esgztoc");
    }
  }

  private Layer open(Reference image, Descriptor layer) throws IOException {
    return fixture.opener(LayerFixture.EXACT).open(fixture.source(), image, layer);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "INSIDE")
  void readsThemThroughTheirTocImage(TocPlacement placement) throws Exception {
    Pushed pushed = push(placement);
    pushTocImage(pushed.layer().digest(), pushed.toc());
    try (Layer layer = open(fixture.reference, pushed.layer())) {
      assertThat(layer.laziness()).isEqualTo(new Laziness.Lazy("eStargz with external TOC"));
      new TarComparison(layer).compare(new ByteArrayInputStream(tar));
    }
    fixture.registry.log().clear();
    try (Layer again = open(fixture.reference, pushed.layer())) {
      new TarComparison(again).compare(new ByteArrayInputStream(tar));
      assertThat(fixture.registry.log().all()).isEmpty();
    }
  }

  @Test
  void saysWhatWasMissing() throws Exception {
    Pushed pushed = push(TocPlacement.EXTERNAL);
    assertWhole(fixture.reference, pushed, "x-esgztoc");

    pushTocImage(Digest.sha256(new byte[1]), pushed.toc());
    assertWhole(fixture.reference, pushed, "has none for it");
    assertWhole(
        fixture.reference.withDigest(Digest.sha256(new byte[1])), pushed, "named by its digest");
  }

  private void assertWhole(Reference image, Pushed pushed, String reason) throws IOException {
    try (Layer layer = open(image, pushed.layer())) {
      assertThat(layer.laziness()).isInstanceOf(Laziness.Whole.class);
      assertThat(((Laziness.Whole) layer.laziness()).reason()).contains(reason);
      new TarComparison(layer).compare(new ByteArrayInputStream(tar));
    }
  }
}
