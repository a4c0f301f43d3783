package dev.starling.api.registry;

import static dev.starling.api.registry.TestClients.CONFIG;
import static dev.starling.api.registry.TestClients.app;
import static dev.starling.api.registry.TestClients.client;
import static dev.starling.api.registry.TestContent.descriptor;
import static dev.starling.api.registry.TestContent.manifest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.content.ContentNotFoundException;
import dev.starling.api.content.CorruptContentException;
import dev.starling.api.image.Digest;
import dev.starling.api.image.InvalidImageException;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.RawManifest;
import dev.starling.api.registry.ScriptedServer.Reply;
import dev.starling.api.registry.ScriptedServer.Script;
import dev.starling.api.registry.TestClients.FakeTime;
import dev.starling.api.registry.auth.Keychain;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestTest {

  private final FakeTime time = new FakeTime();

  private RawManifest read(Script script, String selector) throws Exception {
    try (ScriptedServer server = new ScriptedServer(script);
        RegistryClient client = client(time);
        RegistrySource source = client.source(app(server.host()), false)) {
      return source.manifest(selector);
    }
  }

  private RawManifest read(String contentType, String json) throws Exception {
    return read(request -> Reply.of(200, json).with("Content-Type", contentType), "latest");
  }

  @Test
  void takesTheTypeFromWhereItIsSaid() throws Exception {
    assertThat(
            read("application/vnd.oci.image.index.v1+json; charset=utf-8", "{\"manifests\":[]}")
                .mediaType())
        .isEqualTo(MediaType.OCI_INDEX);
    assertThat(
            read(
                    "application/json",
                    "{\"mediaType\":\"application/vnd.docker.distribution.manifest.v2+json\"}")
                .mediaType())
        .isEqualTo(MediaType.DOCKER_MANIFEST);
    assertThat(read("text/plain", "{\"manifests\":[]}").mediaType()).isEqualTo(MediaType.OCI_INDEX);
    assertThat(read("application/octet-stream", "{}").mediaType())
        .isEqualTo(MediaType.OCI_MANIFEST);
  }

  @Test
  void refusesWhatItCannotRead() {
    assertThatThrownBy(
            () -> read("application/vnd.docker.distribution.manifest.v1+prettyjws", "{}"))
        .isInstanceOf(InvalidImageException.class)
        .hasMessageContaining("schema 1");
    assertThatThrownBy(() -> read("application/json", "{\"schemaVersion\":1}"))
        .hasMessageContaining("schema 1");
    assertThatThrownBy(() -> read("application/vnd.else+json", "{}"))
        .hasMessageContaining("'application/vnd.else+json'; expected");
    assertThatThrownBy(() -> read("text/html", "<html>")).hasMessageContaining("not a JSON object");
    assertThatThrownBy(() ->
            read(
                MediaType.OCI_MANIFEST.value(),
                "{\"mediaType\":\"" + MediaType.OCI_INDEX.value() + "\"}"))
        .isInstanceOf(InvalidImageException.class)
        .hasMessageContaining("calls itself");
  }

  @Test
  void readsNoMoreThanAManifestMayHave() {
    for (String length : List.of("5000000", "99999999999")) {
      assertThatThrownBy(() ->
              read(
                  request ->
                      Reply.of(200, new byte[100]).with("Content-Length", length).cutAfter(100),
                  "latest"))
          .isInstanceOf(CorruptContentException.class)
          .hasMessageContaining("over the limit of 4194304 bytes");
    }
    assertThat(time.pauses).isEmpty();
  }

  @Test
  void checksTheDigest() {
    String digest = Digest.sha256(new byte[0]).toString();
    assertThatThrownBy(() -> read(request -> Reply.of(200, "{}"), digest))
        .isInstanceOf(CorruptContentException.class)
        .hasMessageContaining("expected " + digest);
    assertThatThrownBy(
            () -> read(request -> Reply.of(200, "{}").with("Docker-Content-Digest", digest), "x"))
        .isInstanceOf(CorruptContentException.class);
  }

  @Test
  void shortensWhatARegistrySays() {
    String noise = "x\\u001b[31m" + "y".repeat(70_000);
    assertThatThrownBy(() ->
            read(
                request ->
                    Reply.of(400, "{\"errors\":[{\"code\":\"A\",\"message\":\"x\\u001b[31m\"}]}"),
                "x"))
        .hasMessageContaining("status 400: A (x [31m)");
    assertThatThrownBy(() ->
            read(
                request ->
                    Reply.of(400, "{\"errors\":[{\"code\":\"A\",\"message\":\"" + noise + "\"}]}"),
                "x"))
        .satisfies(e -> assertThat(String.valueOf(e.getMessage()).length()).isLessThan(1000));
  }

  @Test
  void listsTagsPageByPage() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(request ->
                request.target.contains("last=b")
                    ? Reply.of(200, "{\"tags\":[\"c\",\"a\"]}")
                    : Reply.of(200, "{\"tags\":[\"b\",\"d\"]}")
                        .with("Link", "</v2/app/tags/list?n=2&last=b>; rel=\"next\""));
        RegistryClient client = client(time);
        RegistrySource source = client.source(app(server.host()), false)) {
      assertThat(source.tags()).containsExactly("a", "b", "c", "d");
    }
  }

  @Test
  void endsAListThatGoesRoundInCircles() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(request ->
                Reply.of(200, "{\"tags\":[\"b\"]}")
                    .with("Link", "</v2/app/tags/list?n=2&last=b>; rel=next"));
        RegistryClient client = client(time);
        RegistrySource source = client.source(app(server.host()), false)) {
      assertThat(source.tags()).containsExactly("b");
      assertThat(server.received()).hasSize(2);
    }
  }

  @Test
  void asksMirrorsFirst() throws Exception {
    RawManifest manifest = manifest(descriptor(new byte[1]));
    Reply good = Reply.of(200, manifest.bytes()).with("Content-Type", manifest.mediaType().value());
    try (ScriptedServer dead = new ScriptedServer(request -> Reply.RESET);
        ScriptedServer poor = new ScriptedServer(request -> Reply.of(404));
        ScriptedServer rich = new ScriptedServer(request -> good);
        ScriptedServer server = new ScriptedServer(request -> good)) {
      List<String> mirrors =
          List.of("http://" + dead.host(), poor.host() + "/hub", "http://" + rich.host());
      RegistryConfig config =
          CONFIG.withHost(server.host(), HostConfig.DEFAULT.withMirrors(mirrors));
      try (RegistryClient client = client(config, Keychain.ANONYMOUS, time);
          RegistrySource source = client.source(app(server.host()), false)) {
        assertThat(source.manifest("latest")).isEqualTo(manifest);
        int asked = dead.received().size();
        assertThat(source.manifest("latest")).isEqualTo(manifest);
        assertThat(dead.received()).hasSize(asked);
        assertThat(poor.lines()).contains("GET /v2/hub/app/manifests/latest");
        assertThat(server.received()).isEmpty();
      }
      RegistryConfig poorOnly =
          CONFIG.withHost(server.host(), HostConfig.DEFAULT.withMirrors(List.of(poor.host())));
      try (RegistryClient client = client(poorOnly, Keychain.ANONYMOUS, time);
          RegistrySource source = client.source(app(server.host()), false)) {
        assertThat(source.manifest("latest")).isEqualTo(manifest);
      }
    }
  }

  @Test
  void namesTheRepositoryAndTag() {
    assertThatThrownBy(() ->
            read(
                request -> Reply.of(404, "{\"errors\":[]}".getBytes(StandardCharsets.UTF_8)),
                "1.0"))
        .isInstanceOf(ContentNotFoundException.class)
        .hasMessageContaining("/app has no manifest 1.0");
  }
}
