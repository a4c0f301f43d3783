package dev.starling.api.registry;

import static dev.starling.api.registry.TestContent.bytes;
import static dev.starling.api.registry.TestContent.content;
import static dev.starling.api.registry.TestContent.descriptor;
import static dev.starling.api.registry.TestContent.manifest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.content.ContentNotFoundException;
import dev.starling.api.content.CorruptContentException;
import dev.starling.api.content.ImageSink.Outcome;
import dev.starling.api.content.RandomAccessBlob;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.RawManifest;
import dev.starling.api.reference.Reference;
import dev.starling.api.reference.RegistryReference;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client against the distribution project's own registry. */
class DockerRegistryTest {

  /** {@code robin:secret} in bcrypt. */
  private static final String HTPASSWD =
      "robin:$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a\n";

  @TempDir static Path directory;
  private static DockerRegistry registry;
  private static RegistryClient client;

  @BeforeAll
  static void start() throws Exception {
    registry = DockerRegistry.start(directory, "");
    client = RegistryClient.open(RegistryConfig.of(Map.of("XDG_RUNTIME_DIR", "/none"), directory));
  }

  @AfterAll
  static void stop() throws Exception {
    if (registry != null) {
      client.close();
      registry.close();
    }
  }

  private static RegistryReference reference(String name) {
    return (RegistryReference) Reference.parse(registry.host() + "/" + name);
  }

  @Test
  void movesAnImage() throws Exception {
    byte[] config = "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    byte[] layer = bytes(1, 3_000_000);
    RawManifest manifest = manifest(descriptor(config), descriptor(layer));
    try (RegistrySink sink = client.sink(reference("app"), false);
        RegistrySource source = client.source(reference("app"), false)) {
      assertThat(sink.hasBlob(descriptor(layer))).isFalse();
      assertThat(sink.putBlob(descriptor(layer), content(layer), null)).isEqualTo(Outcome.WRITTEN);
      assertThat(sink.putBlob(descriptor(layer), content(layer), null)).isEqualTo(Outcome.EXISTS);
      sink.putBlob(descriptor(config), content(config), null);
      sink.putManifest(manifest, "b");
      sink.putManifest(manifest, "a");

      assertThat(source.manifest("a")).isEqualTo(manifest);
      assertThat(source.manifest(manifest.digest().toString())).isEqualTo(manifest);
      assertThat(source.tags()).containsExactly("a", "b");
      try (InputStream in = source.openBlob(descriptor(layer))) {
        assertThat(in.readAllBytes()).isEqualTo(layer);
      }
      try (InputStream in = source.openBlob(descriptor(layer), 2_999_990)) {
        assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(layer, 2_999_990, 3_000_000));
      }
      assertThat(source.describeBlob(descriptor(layer).digest()).size()).isEqualTo(3_000_000);
      try (RandomAccessBlob blob = source.openRandomAccess(descriptor(layer))) {
        ByteBuffer part = ByteBuffer.allocate(1000);
        assertThat(blob.readAt(part, 1_234_567)).isEqualTo(1000);
        assertThat(part.array()).isEqualTo(Arrays.copyOfRange(layer, 1_234_567, 1_235_567));
        assertThat(blob.readAt(part.clear(), 3_000_000)).isEqualTo(-1);
      }
      assertThat(source.referrers(manifest.digest()).manifests()).isEmpty();
      sink.deleteManifest(manifest.digest().toString());
      assertThatThrownBy(() -> source.manifest("a"))
          .isInstanceOf(ContentNotFoundException.class)
          .hasMessageContaining("/app has no manifest a");
    }
  }

  @Test
  void mountsFromAnotherRepository() throws Exception {
    byte[] layer = bytes(2, 100_000);
    try (RegistrySink from = client.sink(reference("from"), false);
        RegistrySink to = client.sink(reference("to"), false)) {
      from.putBlob(descriptor(layer), content(layer), null);
      assertThat(to.putBlob(descriptor(layer), content(layer), "from")).isEqualTo(Outcome.MOUNTED);
      byte[] other = bytes(3, 1000);
      assertThat(to.putBlob(descriptor(other), content(other), "from")).isEqualTo(Outcome.WRITTEN);
    }
  }

  @Test
  void sendsInPieces() throws Exception {
    byte[] layer = bytes(4, 1_000_001);
    RegistryConfig config =
        RegistryConfig.of(Map.of("XDG_RUNTIME_DIR", "/none"), directory)
            .withUploadChunkSize(300_000);
    try (RegistryClient pieces = RegistryClient.open(config);
        RegistrySink sink = pieces.sink(reference("pieces"), false);
        RegistrySource source = pieces.source(reference("pieces"), false)) {
      assertThat(sink.putBlob(descriptor(layer), content(layer), null)).isEqualTo(Outcome.WRITTEN);
      try (InputStream in = source.openBlob(descriptor(layer))) {
        assertThat(in.readAllBytes()).isEqualTo(layer);
      }
    }
  }

  /** This registry forgets a session whose request broke: the upload begins anew. */
  @Test
  void goesOnAfterABrokenUpload() throws Exception {
    byte[] layer = bytes(7, 20_000_000);
    try (CuttingProxy proxy = new CuttingProxy(registry.port(), 9_000_000);
        RegistrySink sink =
            client.sink(
                (RegistryReference) Reference.parse("http://" + proxy.host() + "/cut"), false);
        RegistrySource source = client.source(reference("cut"), false)) {
      assertThat(sink.putBlob(descriptor(layer), content(layer), null)).isEqualTo(Outcome.WRITTEN);
      assertThat(proxy.wasCut()).isTrue();
      try (InputStream in = source.openBlob(descriptor(layer))) {
        assertThat(in.readAllBytes()).isEqualTo(layer);
      }
    }
  }

  @Test
  void takesAnEmptyBlob() throws Exception {
    byte[] empty = new byte[0];
    try (RegistrySink sink = client.sink(reference("empty"), false);
        RegistrySource source = client.source(reference("empty"), false)) {
      assertThat(sink.putBlob(descriptor(empty), content(empty), null)).isEqualTo(Outcome.WRITTEN);
      try (InputStream in = source.openBlob(descriptor(empty))) {
        assertThat(in.read()).isEqualTo(-1);
      }
    }
  }

  @Test
  void neverStoresWrongContent() throws Exception {
    byte[] right = bytes(5, 500_000);
    byte[] wrong = right.clone();
    wrong[499_999]++;
    Descriptor descriptor = descriptor(right);
    try (RegistrySink sink = client.sink(reference("wrong"), false)) {
      assertThatThrownBy(() -> sink.putBlob(descriptor, content(wrong), null))
          .isInstanceOf(CorruptContentException.class)
          .hasMessageContaining(descriptor.digest().toString());
      assertThat(sink.hasBlob(descriptor)).isFalse();
    }
  }

  @Test
  void logsInWithAPassword(@TempDir Path secured) throws Exception {
    Path users = Files.writeString(secured.resolve("users"), HTPASSWD);
    Path docker = Files.createDirectories(secured.resolve("docker"));
    byte[] layer = bytes(6, 1000);
    try (DockerRegistry locked =
        DockerRegistry.start(
            secured, "auth: {htpasswd: {realm: test, path: %s}}".formatted(users))) {
      RegistryReference name = (RegistryReference) Reference.parse(locked.host() + "/app");
      RegistryConfig config =
          RegistryConfig.of(
              Map.of("DOCKER_CONFIG", docker.toString(), "XDG_RUNTIME_DIR", "/none"), secured);
      try (RegistryClient locking = RegistryClient.open(config);
          RegistrySink sink = locking.sink(name, false)) {
        assertThatThrownBy(() -> sink.putBlob(descriptor(layer), content(layer), null))
            .isInstanceOf(RegistryException.class)
            .hasMessageContaining("status 401")
            .hasMessageContaining("docker/config.json")
            .hasMessageContaining("docker login " + locked.host());
        Files.writeString(
            docker.resolve("config.json"),
            """
            {"auths": {"%s": {"auth": "%s"}}}\
            """
                .formatted(
                    locked.host(),
                    Base64.getEncoder()
                        .encodeToString(
                            "robin:secret".getBytes(java.nio.charset.StandardCharsets.UTF_8))));
        assertThat(sink.putBlob(descriptor(layer), content(layer), null))
            .isEqualTo(Outcome.WRITTEN);
      }
    }
  }
}
