package dev.starling.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.command.CommandException;
import dev.starling.api.content.ImageSink;
import dev.starling.api.content.ImageSource;
import dev.starling.api.image.Index;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.Platform;
import dev.starling.api.image.RawManifest;
import dev.starling.convert.prefetch.AccessRecord;
import dev.starling.convert.prefetch.LayerLists;
import dev.starling.convert.prefetch.ListedFile;
import dev.starling.testkit.image.ImageBuilder;
import dev.starling.testkit.image.TarBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listed files lie in front of the layers of every platform. */
class ListedConversionTest {

  private static final Platform AMD64 = Platform.of("linux", "amd64", null);
  private static final Platform ARM64 = Platform.of("linux", "arm64", null);

  @TempDir Path folder;
  private Workshop workshop;
  private RawManifest amd64;

  @BeforeEach
  void build() throws IOException {
    workshop = new Workshop(folder);
    try (ImageSink sink = workshop.source.sink()) {
      TarBuilder data = new TarBuilder().file("etc/first", "1").file("etc/second", "2");
      byte[] shared = data.build();
      List<ImageBuilder> images = new ArrayList<>();
      for (Platform platform : List.of(AMD64, ARM64)) {
        String triplet = platform.equals(AMD64) ? "x86_64-linux-gnu" : "aarch64-linux-gnu";
        images.add(
            new ImageBuilder(platform)
                .layer(
                    new TarBuilder()
                        .directory("usr")
                        .file("usr/bin/tool", "tool for " + platform)
                        .file("usr/lib/" + triplet + "/libc.so.6", "libc for " + platform)
                        .file("usr/lib/" + triplet + "/libz.so.1", "libz for " + platform))
                .layer(shared, shared, MediaType.OCI_LAYER));
      }
      amd64 = images.getFirst().writeTo(sink, null);
      ImageBuilder.writeIndex(sink, "index", images);
    }
  }

  private static List<ListedFile> paths(String... texts) {
    return Stream.of(texts)
        .map(text -> new ListedFile(text, ListedFile.Kind.PATH, AMD64, null, false))
        .toList();
  }

  private ImageConverter.Outcome convert(List<ListedFile> files, boolean strict)
      throws IOException {
    return workshop.convert("index", Workshop.all().withLists(LayerLists.forAll(files), strict));
  }

  private RawManifest image(ImageConverter.Outcome outcome, int index) throws IOException {
    try (ImageSource images = workshop.result.source()) {
      return images.manifest(
          Index.parse(outcome.root()).manifests().get(index).digest().toString());
    }
  }

  @Test
  void theOtherPlatformGetsTheCounterparts() throws IOException {
    ImageConverter.Outcome outcome =
        convert(
            paths(
                "/usr/lib/x86_64-linux-gnu/libz.so.1",
                "usr/bin/tool",
                "usr/lib/x86_64-linux-gnu/libm.so.6",
                "etc/second"),
            false);
    assertThat(workshop.front(image(outcome, 0), 0))
        .containsExactly("usr/", "usr/lib/x86_64-linux-gnu/libz.so.1", "usr/bin/tool");
    assertThat(workshop.front(image(outcome, 1), 0))
        .containsExactly("usr/", "usr/lib/aarch64-linux-gnu/libz.so.1", "usr/bin/tool");
    assertThat(workshop.front(image(outcome, 1), 1)).containsExactly("etc/second");
    assertThat(outcome.images())
        .extracting(ConvertResult.ConvertedImage::prioritized)
        .containsExactly(
            new ConvertResult.Prioritized(4, 3, 0, 1), new ConvertResult.Prioritized(4, 2, 1, 1));
    assertThat(outcome.unmatched()).containsExactly("usr/lib/x86_64-linux-gnu/libm.so.6");
    assertThat(workshop.recorder.lines())
        .containsExactly("1 listed file is in no layer: 'usr/lib/x86_64-linux-gnu/libm.so.6'");
  }

  @Test
  void aRecordIsForThePlatformOfTheManifestThatItNames() throws IOException {
    AccessRecord access =
        new AccessRecord("usr/lib/x86_64-linux-gnu/libc.so.6", amd64.digest(), 0, false);
    ImageConverter.Outcome outcome = convert(List.of(ListedFile.recorded(access)), true);
    assertThat(workshop.front(image(outcome, 1), 0))
        .containsExactly("usr/", "usr/lib/aarch64-linux-gnu/libc.so.6");
  }

  @Test
  void aSharedLayerIsConvertedOnceWithTheListsOfAllItsImages() throws IOException {
    LayerLists lists =
        LayerLists.forAll(paths("etc/first"))
            .with(new LayerLists.Layer(amd64.digest(), 1), paths("etc/second"));
    ImageConverter.Outcome outcome =
        workshop.convert("index", Workshop.all().withLists(lists, true));
    assertThat(workshop.recorder.conversions()).isEqualTo(3);
    assertThat(workshop.front(image(outcome, 0), 1)).containsExactly("etc/second", "etc/first");
    assertThat(workshop.front(image(outcome, 1), 1)).containsExactly("etc/second", "etc/first");
  }

  @Test
  void strictWritesNothingIfAFileIsNowhere() throws IOException {
    assertThatThrownBy(() -> convert(paths("usr/bin/tool", "no/1", "no/2"), true))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("2 listed files are in no layer: 'no/1', 'no/2'")
        .hasMessageContaining("--strict");
    assertThat(workshop.result.entries()).isEmpty();
    assertThat(workshop.folder.resolve("result/blobs"))
        .satisfiesAnyOf(
            blobs -> assertThat(blobs).doesNotExist(),
            blobs -> assertThat(blobs.resolve("sha256")).isEmptyDirectory());
    assertThat(convert(paths("usr/bin/tool"), true).unmatched()).isEmpty();
    assertThat(workshop.result.entries()).isNotEmpty();
  }

  @Test
  void layersThatNoListTouchesAreKept() throws IOException {
    RawManifest converted = workshop.convert("index", Workshop.all()).root();
    ConversionRequest reuse = Workshop.all().withReuse(true);
    String root = converted.digest().toString();
    ImageConverter.Outcome again = workshop.convert(workshop.result, root, reuse);
    assertThat(again.root()).isEqualTo(converted);
    assertThat(workshop.recorder.lines())
        .hasSize(3)
        .allMatch(
            line -> line.matches("copying without conversion digest=\"sha256:[0-9a-f]{64}\""));
    ImageConverter.Outcome touched =
        workshop.convert(
            workshop.result,
            root,
            reuse.withLists(LayerLists.forAll(paths("usr/bin/tool")), false));
    assertThat(touched.images().getFirst().layers())
        .extracting(ConvertResult.Layer::action)
        .containsExactly(ConvertResult.Action.CONVERTED, ConvertResult.Action.REUSED);
  }
}
