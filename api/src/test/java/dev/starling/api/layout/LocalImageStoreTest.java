package dev.starling.api.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.content.ContentNotFoundException;
import dev.starling.api.content.ImageSink;
import dev.starling.api.content.ImageSource;
import dev.starling.api.content.ImageStore.StoredImage;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.RawManifest;
import dev.starling.api.reference.Reference;
import dev.starling.api.reference.RegistryReference;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalImageStoreTest {

  @TempDir Path parent;
  private LocalImageStore store;

  @BeforeEach
  void open() {
    store = new LocalImageStore(parent.resolve("images"));
  }

  @Test
  void anEmptyStoreNeedsNoDirectory() throws IOException {
    assertThat(store.list()).isEmpty();
    assertThat(store.find(ref("busybox"))).isEmpty();
    assertThatThrownBy(() -> store.remove(ref("busybox")))
        .isInstanceOf(ContentNotFoundException.class)
        .hasMessageContaining("docker.io/library/busybox:latest");
    assertThat(parent.resolve("images")).doesNotExist();
  }

  @Test
  void imagesKeepTheirFullNames() throws IOException {
    RawManifest one = write(ref("busybox:1"), "base", "one");
    RawManifest two = write(ref("127.0.0.1:5000/app:1"), "base", "two");
    assertThat(store.list().stream().map(StoredImage::name))
        .containsExactly("127.0.0.1:5000/app:1", "docker.io/library/busybox:1");
    assertThat(store.find(ref("busybox:1")).orElseThrow().descriptor().annotations())
        .containsEntry("io.containerd.image.name", "docker.io/library/busybox:1");
    try (ImageSource source = store.source(ref("busybox:1"))) {
      assertThat(source.tags()).containsExactly("1");
      assertThat(source.manifest("1")).isEqualTo(one);
      assertThat(source.manifest(two.digest().toString())).isEqualTo(two);
    }
  }

  @Test
  void removingAnImageFreesWhatNoOtherUses() throws IOException {
    write(ref("a/one:1"), "base", "only one");
    write(ref("a/two:1"), "base", "only two");
    long freed = store.remove(ref("a/one:1"));
    assertThat(freed).isPositive();
    assertThat(OciLayout.open(parent.resolve("images")).blobs().list())
        .contains(layer("base").digest(), layer("only two").digest())
        .doesNotContain(layer("only one").digest());
    store.remove(ref("a/two:1"));
    assertThat(OciLayout.open(parent.resolve("images")).blobs().list()).isEmpty();
    assertThat(parent.resolve("images").toFile().list())
        .containsExactlyInAnyOrder("oci-layout", "index.json", "blobs");
  }

  @Test
  void whatAnotherWriterReliesOnSurvivesARemoval() throws IOException {
    write(ref("a/one:1"), "shared", "x");
    try (ImageSink other = store.sink(ref("a/two:1"))) {
      assertThat(other.hasBlob(layer("shared"))).isTrue();
      put(other, "fresh");
      store.remove(ref("a/one:1"));
      assertThat(other.hasBlob(layer("shared"))).isTrue();
      put(other, "config");
      other.putManifest(manifest("shared", "fresh"), "1");
    }
    write(ref("a/three:1"), "y");
    store.remove(ref("a/three:1"));
    try (ImageSource source = store.source(ref("a/two:1"))) {
      source.manifest("1");
      assertThat(source.openBlob(layer("shared")).readAllBytes()).asString().isEqualTo("shared");
      assertThat(source.openBlob(layer("fresh")).readAllBytes()).asString().isEqualTo("fresh");
    }
  }

  @Test
  void anImageAskedForByDigestIsNamedByIt() throws IOException {
    RawManifest image = manifest("a");
    RegistryReference byDigest = ref("a/b@" + image.digest());
    try (ImageSink sink = store.sink(byDigest)) {
      put(sink, "a");
      put(sink, "config");
      sink.putManifest(image, null);
    }
    assertThat(store.find(byDigest).orElseThrow().name())
        .isEqualTo("docker.io/a/b@" + image.digest());
    assertThat(store.remove(byDigest)).isPositive();
  }

  private RawManifest write(RegistryReference reference, String... layers) throws IOException {
    try (ImageSink sink = store.sink(reference)) {
      for (String layer : layers) {
        put(sink, layer);
      }
      put(sink, "config");
      RawManifest manifest = manifest(layers);
      sink.putManifest(manifest, reference.selector());
      return manifest;
    }
  }

  private static void put(ImageSink sink, String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    sink.putBlob(layer(content), offset -> new ByteArrayInputStream(bytes), null);
  }

  private static RawManifest manifest(String... layers) {
    List<Descriptor> descriptors = List.of(layers).stream().map(s -> layer(s)).toList();
    Descriptor config = layer("config").withMediaType(MediaType.OCI_CONFIG);
    return new Manifest(MediaType.OCI_MANIFEST, null, config, descriptors, null, new TreeMap<>())
        .toRaw();
  }

  private static Descriptor layer(String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return Descriptor.of(MediaType.OCI_LAYER, Digest.sha256(bytes), bytes.length);
  }

  private static RegistryReference ref(String text) {
    return (RegistryReference) Reference.parse(text);
  }
}
