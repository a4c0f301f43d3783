package dev.starling.api.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.content.ContentNotFoundException;
import dev.starling.api.content.CorruptContentException;
import dev.starling.api.content.ImageSink.Outcome;
import dev.starling.api.content.ImageSource;
import dev.starling.api.copy.CopyOptions.IncompleteIndex;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Index;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.Platform;
import dev.starling.api.image.RawManifest;
import dev.starling.api.job.Cancellation;
import dev.starling.api.job.Progress.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ImageCopyTest {

  private static final Platform AMD64 = Platform.of("linux", "amd64", null);
  private static final Platform ARM64 = Platform.of("linux", "arm64", null);

  private final MemoryRepository source = new MemoryRepository();
  private final MemoryRepository sink = new MemoryRepository();
  private final RecordingProgress progress = new RecordingProgress();
  private final Cancellation cancellation = new Cancellation();

  @Test
  void writesLayersThenConfigThenManifest() throws IOException {
    RawManifest image = source.addImage("app", 3);
    source.manifests.put("1.0", image);

    CopiedImage copied = copy(PlatformSelection.all(), IncompleteIndex.KEEP).copy("1.0", "2.0");

    Manifest manifest = Manifest.parse(image);
    assertThat(sink.manifest("2.0")).isEqualTo(image);
    assertThat(sink.written.subList(0, 3))
        .containsExactlyInAnyOrderElementsOf(
            manifest.layers().stream().map(Descriptor::digest).toList());
    assertThat(sink.written.subList(3, 5))
        .containsExactly(manifest.config().digest(), image.digest());
    assertThat(copied.root()).isEqualTo(image.descriptor());
    assertThat(copied.blobs()).extracting(CopiedBlob::outcome).containsOnly(Outcome.WRITTEN);
  }

  @Test
  void reportsEachLayerOnce() throws IOException {
    RawManifest image = source.addImage("app", 2);
    List<Descriptor> layers = Manifest.parse(image).layers();
    sink.addBlob(MediaType.OCI_LAYER_GZIP, "app layer 0".getBytes(StandardCharsets.UTF_8));

    copy(PlatformSelection.all(), IncompleteIndex.KEEP).copy(image.digest().toString(), null);

    assertThat(progress.states.get(layers.get(0).digest().shortHex()))
        .containsExactly(State.WAITING, State.EXISTS);
    String second = layers.get(1).digest().shortHex();
    assertThat(progress.states.get(second))
        .containsExactly(State.WAITING, State.PUSHING, State.DONE);
    assertThat(progress.bytes.get(second)).hasValue(layers.get(1).size());
  }

  @Test
  void mountsWithinOneRegistry() throws IOException {
    RawManifest image = source.addImage("app", 2);
    CopyOptions options = options(PlatformSelection.all(), IncompleteIndex.KEEP, "other/repo");

    CopiedImage copied =
        new ImageCopy(source, sink, options).copy(image.digest().toString(), "latest");

    assertThat(copied.blobs()).extracting(CopiedBlob::outcome).containsOnly(Outcome.MOUNTED);
  }

  @Test
  void pullKeepsTheIndexOfWhichOneImageIsFetched() throws IOException {
    RawManifest amd64 = source.addImage("amd64", 1);
    RawManifest index = twoPlatforms(amd64, source.addImage("arm64", 1));

    CopiedImage copied =
        copy(PlatformSelection.of(List.of(AMD64)), IncompleteIndex.KEEP)
            .copy(index.digest().toString(), "latest");

    assertThat(sink.manifest("latest")).isEqualTo(index);
    assertThat(sink.manifests.keySet())
        .containsExactlyInAnyOrder("latest", index.digest().toString(), amd64.digest().toString());
    assertThat(copied.manifests()).containsExactly(amd64.descriptor().withPlatform(AMD64));
    assertThat(copied.narrowed()).isFalse();
  }

  @Test
  void pushNarrowsAnIndexThatIsNotComplete() throws IOException {
    RawManifest amd64 = source.addImage("amd64", 1);
    RawManifest arm64 = source.addImage("arm64", 1);
    RawManifest index = twoPlatforms(amd64, arm64);
    source.manifests.remove(arm64.digest().toString());

    CopiedImage copied =
        copy(PlatformSelection.all(), IncompleteIndex.NARROW)
            .copy(index.digest().toString(), "latest");

    assertThat(copied.narrowed()).isTrue();
    assertThat(Index.parse(sink.manifest("latest")).manifests())
        .containsExactly(amd64.descriptor().withPlatform(AMD64));
    assertThat(progress.lines)
        .containsExactly(
            "app: index %s lists 2 images, of which only linux/amd64 is copied; writing a narrower index %s"
                .formatted(index.digest(), copied.root().digest()));
  }

  @Test
  void pushLeavesACompleteIndexAsItIs() throws IOException {
    RawManifest index = twoPlatforms(source.addImage("amd64", 1), source.addImage("arm64", 1));

    CopiedImage copied =
        copy(PlatformSelection.all(), IncompleteIndex.NARROW)
            .copy(index.digest().toString(), "latest");

    assertThat(sink.manifest("latest")).isEqualTo(index);
    assertThat(copied.narrowed()).isFalse();
    assertThat(sink.written.getLast()).isEqualTo(index.digest());
    assertThat(progress.lines).isEmpty();
  }

  @Test
  void entriesWithoutAPlatformAreKept() throws IOException {
    RawManifest plain = source.addImage("plain", 1);
    RawManifest index =
        source.addManifest(
            Index.parse(twoPlatforms(source.addImage("amd64", 1), source.addImage("arm64", 1)))
                .withManifests(List.of(plain.descriptor()))
                .toRaw());

    copy(PlatformSelection.of(List.of(ARM64)), IncompleteIndex.KEEP)
        .copy(index.digest().toString(), "latest");

    assertThat(sink.manifests).containsKey(plain.digest().toString());
  }

  @Test
  void saysWhichPlatformsThereAre() {
    RawManifest index = twoPlatforms(source.addImage("amd64", 1), source.addImage("arm64", 1));

    assertThatThrownBy(() ->
            copy(PlatformSelection.of(List.of(Platform.parse("linux/s390x"))), IncompleteIndex.KEEP)
                .copy(index.digest().toString(), "latest"))
        .isInstanceOf(CopyException.class)
        .hasMessage(
            "app has no image for linux/s390x; it has linux/amd64, linux/arm64;"
                + " choose with --platform or --all-platforms");
  }

  @Test
  void namesTheLayerThatFailed() {
    RawManifest image = source.addImage("app", 3);
    byte[] bytes = "app layer 1".getBytes(StandardCharsets.UTF_8);
    Descriptor bad = source.addBlob(MediaType.OCI_LAYER_GZIP, bytes);
    source.blobs.put(bad.digest(), "app layer X".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() ->
            copy(PlatformSelection.all(), IncompleteIndex.KEEP)
                .copy(image.digest().toString(), "latest"))
        .isInstanceOf(CopyException.class)
        .hasCauseInstanceOf(CorruptContentException.class)
        .hasMessageStartingWith("app: layer 2 of 3 (" + bad.digest() + "): ");
    assertThat(sink.manifests).isEmpty();
  }

  @Test
  void aMissingImageIsNotFound() {
    assertThatThrownBy(
            () -> copy(PlatformSelection.all(), IncompleteIndex.KEEP).copy("no-such-tag", null))
        .isInstanceOf(ContentNotFoundException.class);
  }

  @Test
  void cancellingEndsTheCopy() {
    RawManifest image = source.addImage("app", 2);
    ImageSource cancelling =
        new DelegatingSource(source) {
          @Override
          public java.io.InputStream openBlob(Descriptor blob, long offset) throws IOException {
            cancellation.request();
            return super.openBlob(blob, offset);
          }
        };
    ImageCopy copy =
        new ImageCopy(
            cancelling, sink, options(PlatformSelection.all(), IncompleteIndex.KEEP, null));

    assertThatThrownBy(() -> copy.copy(image.digest().toString(), "latest"))
        .isInstanceOf(CancellationException.class);
    assertThat(sink.manifests).isEmpty();
  }

  private RawManifest twoPlatforms(RawManifest amd64, RawManifest arm64) {
    Map<Platform, RawManifest> images = new LinkedHashMap<>();
    images.put(AMD64, amd64);
    images.put(ARM64, arm64);
    return source.addIndex(images);
  }

  private ImageCopy copy(PlatformSelection platforms, IncompleteIndex index) {
    return new ImageCopy(source, sink, options(platforms, index, null));
  }

  private CopyOptions options(
      PlatformSelection platforms, IncompleteIndex index, @Nullable String mountFrom) {
    return new CopyOptions(
        "app", platforms, index, 2, mountFrom, State.PUSHING, progress, progress, cancellation);
  }
}
