package dev.starling.api.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestJsonTest {

  static byte[] resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ManifestJsonTest.class.getResourceAsStream(name), name)) {
      return in.readAllBytes();
    }
  }

  private static RawManifest manifest(String json) {
    return new RawManifest(MediaType.OCI_MANIFEST, json.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"esgz.manifest.json", "esgz2zstd.manifest.json"})
  void writesTheBytesThatTheFieldsConverterWrites(String name) throws IOException {
    byte[] bytes = resource(name);
    Manifest manifest = Manifest.parse(new RawManifest(MediaType.OCI_MANIFEST, bytes));
    assertThat(new String(manifest.toRaw().bytes(), UTF_8)).isEqualTo(new String(bytes, UTF_8));
  }

  @Test
  void keepsTheBytesThatArrivedHoweverTheyAreFormatted() throws IOException {
    byte[] bytes = resource("source.manifest.json");
    RawManifest raw = new RawManifest(MediaType.DOCKER_MANIFEST, bytes);
    assertThat(raw.digest())
        .hasToString("sha256:aa45de8a0464467740f6af0dd82ad0a15b65ce3b90ef9f5fe2376b2e04322b29");
    assertThat(Manifest.parse(raw).layers()).hasSize(2);
  }

  @Test
  void anIndexKeepsPlatformsAnnotationsAndUnknownTypes() throws IOException {
    String digest = "sha256:" + "a".repeat(64);
    String json =
        ("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\","
                + "\"manifests\":[{\"mediaType\":\"application/vnd.example+json\",\"digest\":\"D\","
                + "\"size\":7,\"annotations\":{\"a\":\"\\u003cb\\u003e\",\"z\":\"\"},\"platform\":"
                + "{\"architecture\":\"amd64\",\"os\":\"windows\",\"os.version\":\"10.0\","
                + "\"os.features\":[\"win32k\"],\"variant\":\"v1\"}}],\"annotations\":{\"k\":\"v\"}}")
            .replace("D", digest);
    Index index = Index.parse(new RawManifest(MediaType.OCI_INDEX, json.getBytes(UTF_8)));
    assertThat(new String(index.toRaw().bytes(), UTF_8)).isEqualTo(json);
  }

  @Test
  void whatIsNoManifestIsNamed() {
    assertThatThrownBy(() -> Manifest.parse(manifest("{\"schemaVersion\":1}")))
        .isInstanceOf(InvalidImageException.class)
        .hasMessageContaining("schemaVersion 1");
    assertThatThrownBy(() -> Manifest.parse(manifest("not json")))
        .isInstanceOf(InvalidImageException.class)
        .hasMessageContaining("not valid JSON");
    assertThatThrownBy(() -> Manifest.parse(manifest("[]")))
        .hasMessageContaining("not a JSON object");
    assertThatThrownBy(() -> Manifest.parse(manifest("[".repeat(100_000))))
        .isInstanceOf(InvalidImageException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"mediaType\":\"x\",\"digest\":\"sha256:12\",\"size\":1}",
        "{\"mediaType\":\"x\",\"digest\":\"md5:d41d8cd98f00b204e9800998ecf8427e\",\"size\":1}",
        "{\"mediaType\":\"x\",\"digest\":\"sha256:../../../../etc/passwd\",\"size\":1}",
        "{\"mediaType\":\"x\",\"digest\":\"sha256:DIGEST\",\"size\":-1}",
        "{\"mediaType\":\"x\",\"digest\":\"sha256:DIGEST\",\"size\":1.5}",
        "{\"mediaType\":\"x\",\"digest\":\"sha256:DIGEST\",\"size\":99999999999999999999}",
        "{\"mediaType\":\"x\",\"digest\":\"sha256:DIGEST\",\"size\":1,\"annotations\":{\"a\":1}}"
      })
  void aBadDescriptorIsNamed(String descriptor) {
    String config = descriptor.replace("DIGEST", "b".repeat(64));
    assertThatThrownBy(() ->
            Manifest.parse(
                manifest("{\"schemaVersion\":2,\"layers\":[],\"config\":" + config + "}")))
        .isInstanceOf(InvalidImageException.class)
        .hasMessageContaining("config");
  }

  @Test
  void aManifestOverTheLimitIsRefusedBeforeItIsParsed() {
    assertThatThrownBy(
            () -> new RawManifest(MediaType.OCI_MANIFEST, new byte[RawManifest.MAX_SIZE + 1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4194304");
  }
}
