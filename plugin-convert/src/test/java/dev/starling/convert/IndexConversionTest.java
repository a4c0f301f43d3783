package dev.starling.convert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.content.ImageSink;
import dev.starling.api.content.ImageSource;
import dev.starling.api.copy.PlatformSelection;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Index;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.Platform;
import dev.starling.api.image.RawManifest;
import dev.starling.testkit.image.ImageBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index may list more than images. */
class IndexConversionTest {

  private static final Platform AMD64 = Platform.of("linux", "amd64", null);
  private static final Platform ARM64 = Platform.of("linux", "arm64", null);
  private static final Platform UNKNOWN = Platform.of("unknown", "unknown", null);
  private static final MediaType IN_TOTO = new MediaType("application/vnd.in-toto+json");

  @TempDir Path folder;
  private Workshop workshop;
  private Index index;

  @BeforeEach
  void build() throws IOException {
    workshop = new Workshop(folder);
    try (ImageSink sink = workshop.source.sink()) {
      List<Descriptor> entries = new ArrayList<>();
      for (Platform platform : List.of(AMD64, ARM64)) {
        RawManifest image = ImageBuilder.sample(platform).writeTo(sink, null);
        entries.add(image.descriptor().withPlatform(platform));
        entries.add(attestation(sink, image));
      }
      RawManifest nested =
          new Index(MediaType.OCI_INDEX, null, List.of(attestation(sink, null)), null, sorted("n"))
              .toRaw();
      sink.putManifest(nested, null);
      entries.add(nested.descriptor());
      entries.add(put(sink, new MediaType("text/plain"), "a note"));
      index = new Index(MediaType.OCI_INDEX, null, entries, null, sorted("index"));
      sink.putManifest(index.toRaw(), "index");
    }
  }

  private static SortedMap<String, String> sorted(String value) {
    return new TreeMap<>(Map.of("org.example.note", value));
  }

  /** As BuildKit makes them; about no image if null. */
  private static Descriptor attestation(ImageSink sink, @Nullable RawManifest image)
      throws IOException {
    Descriptor config =
        put(sink, MediaType.OCI_CONFIG, "{\"architecture\":\"unknown\",\"os\":\"unknown\"}");
    Descriptor statement = put(sink, IN_TOTO, "{\"about\":\"" + image + "\"}");
    RawManifest raw =
        new Manifest(
                MediaType.OCI_MANIFEST, null, config, List.of(statement), null, new TreeMap<>())
            .toRaw();
    sink.putManifest(raw, null);
    Descriptor entry = raw.descriptor().withPlatform(UNKNOWN);
    return image == null
        ? entry
        : entry.withAnnotations(
            Map.of(
                "vnd.docker.reference.type",
                "attestation-manifest",
                "vnd.docker.reference.digest",
                image.digest().toString()));
  }

  private static Descriptor put(ImageSink sink, MediaType type, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    Descriptor blob = Descriptor.of(type, Digest.sha256(bytes), bytes.length);
    sink.putBlob(
        blob,
        offset -> new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset),
        null);
    return blob;
  }

  @Test
  void everythingElseStaysAndAttestationsFollowTheirImages() throws IOException {
    Index result = Index.parse(workshop.convert("index", Workshop.all()).root());
    assertThat(result.annotations()).isEqualTo(index.annotations());
    List<Descriptor> entries = result.manifests();
    assertThat(entries).hasSameSizeAs(index.manifests());
    for (int image : new int[] {0, 2}) {
      assertThat(entries.get(image)).isNotEqualTo(index.manifests().get(image));
      Descriptor before = index.manifests().get(image + 1);
      Descriptor after = entries.get(image + 1);
      assertThat(after.digest()).isEqualTo(before.digest());
      assertThat(after.platform()).isEqualTo(before.platform());
      assertThat(after.annotations())
          .containsEntry("vnd.docker.reference.digest", entries.get(image).digest().toString())
          .containsEntry("vnd.docker.reference.type", "attestation-manifest");
    }
    assertThat(entries.subList(4, 6)).isEqualTo(index.manifests().subList(4, 6));
    try (ImageSource images = workshop.result.source()) {
      for (Descriptor entry : entries.subList(1, 5)) {
        assertThat(images.manifest(entry.digest().toString()).digest()).isEqualTo(entry.digest());
      }
      Descriptor statement =
          Manifest.parse(images.manifest(entries.get(1).digest().toString())).layers().getFirst();
      assertThat(images.openBlob(statement).readAllBytes()).isNotEmpty();
      assertThat(images.openBlob(entries.get(5)).readAllBytes()).asString().isEqualTo("a note");
    }
  }

  @Test
  void onePlatformKeepsWhatIsAboutItAndWhatIsAboutNone() throws IOException {
    PlatformSelection arm64 = PlatformSelection.of(List.of(ARM64));
    ImageConverter.Outcome outcome =
        workshop.convert("index", ConversionRequest.of(arm64, Workshop.ESTARGZ, true));
    List<Descriptor> entries = Index.parse(outcome.root()).manifests();
    assertThat(entries)
        .extracting(entry -> String.valueOf(entry.platform()))
        .containsExactly("linux/arm64", "unknown/unknown", "null", "null");
    assertThat(entries.get(1).digest()).isEqualTo(index.manifests().get(3).digest());
    assertThat(outcome.images()).hasSize(1);
  }

  @Test
  void aPlatformThatIsNotThereIsNotFoundAmongAttestations() {
    PlatformSelection s390x = PlatformSelection.of(List.of(Platform.of("linux", "s390x", null)));
    assertThatThrownBy(
            () -> workshop.convert("index", ConversionRequest.of(s390x, Workshop.ESTARGZ, true)))
        .hasMessageContaining("no linux/s390x; it has linux/amd64, linux/arm64");
  }

  @Test
  void nothingChangesIfNothingIsConverted() throws IOException {
    ConversionRequest typesOnly = ConversionRequest.of(PlatformSelection.all(), null, true);
    assertThat(workshop.convert("index", typesOnly).root()).isEqualTo(index.toRaw());
  }
}
