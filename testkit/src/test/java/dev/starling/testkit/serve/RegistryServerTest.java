package dev.starling.testkit.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.RawManifest;
import dev.starling.api.layout.OciLayout;
import dev.starling.api.serve.RegistryServer;
import dev.starling.testkit.image.ImageBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built-in registry, asked as the distribution specification puts it. */
class RegistryServerTest {

  private static final byte[] HELLO = "hello, blob".getBytes(StandardCharsets.UTF_8);
  private static final Digest DIGEST = Digest.sha256(HELLO);
  private static final String OCI_MANIFEST = MediaType.OCI_MANIFEST.value();

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private OciLayout layout;
  private RegistryServer server;

  @BeforeEach
  void start() throws IOException {
    layout = OciLayout.create(folder.resolve("layout"));
    server = RegistryServer.start(layout);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
    assertThat(folder.resolve("layout/ingest")).doesNotExist();
  }

  @Test
  void itSpeaksTheApi() throws Exception {
    HttpResponse<String> base = get("/v2/");
    assertThat(base.statusCode()).isEqualTo(200);
    assertThat(base.headers().firstValue("Docker-Distribution-API-Version"))
        .hasValue("registry/2.0");
  }

  @Test
  void itListensOnLoopbackOnly() {
    assertThatThrownBy(
            () -> RegistryServer.start(layout, new InetSocketAddress("0.0.0.0", 0), List.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a loopback address");
    assertThatThrownBy(() -> RegistryServer.start(layout, server.address(), List.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot listen on 127.0.0.1:");
  }

  @Test
  void aBlobIsUploadedInOneRequest() throws Exception {
    HttpResponse<String> done = send("POST", "/v2/a/b/blobs/uploads/?digest=" + DIGEST, HELLO);
    assertThat(done.statusCode()).isEqualTo(201);
    assertThat(location(done)).isEqualTo("/v2/a/b/blobs/" + DIGEST);
    assertThat(get(location(done)).body()).isEqualTo("hello, blob");
    HttpResponse<String> head = send("HEAD", location(done), new byte[0]);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(HELLO.length);
    assertThat(head.headers().firstValue("Docker-Content-Digest")).hasValue(DIGEST.toString());
  }

  @Test
  void aBlobIsUploadedInTwoRequests() throws Exception {
    String upload = location(send("POST", "/v2/a/blobs/uploads/", new byte[0]));
    HttpResponse<String> done = send("PUT", upload + "?digest=" + DIGEST, HELLO);
    assertThat(done.statusCode()).isEqualTo(201);
    assertThat(get("/v2/a/blobs/" + DIGEST).body()).isEqualTo("hello, blob");
  }

  @Test
  void aBlobIsUploadedInChunksInOrder() throws Exception {
    String upload = location(send("POST", "/v2/a/blobs/uploads/", new byte[0]));
    HttpResponse<String> first = sendChunk(upload, "hello", "0-4");
    assertThat(first.statusCode()).isEqualTo(202);
    assertThat(first.headers().firstValue("Range")).hasValue("0-4");
    HttpResponse<String> gap = sendChunk(location(first), "blob", "7-10");
    assertThat(gap.statusCode()).isEqualTo(416);
    assertThat(gap.headers().firstValue("Range")).hasValue("0-4");
    HttpResponse<String> state = get(upload);
    assertThat(state.statusCode()).isEqualTo(204);
    assertThat(state.headers().firstValue("Range")).hasValue("0-4");
    assertThat(sendChunk(upload, ", blob", "5-10").statusCode()).isEqualTo(202);
    assertThat(send("PUT", upload + "?digest=" + DIGEST, new byte[0]).statusCode()).isEqualTo(201);
    assertThat(get("/v2/a/blobs/" + DIGEST).body()).isEqualTo("hello, blob");
    assertError(get(upload), 404, "BLOB_UPLOAD_UNKNOWN");
  }

  @Test
  void anUploadCanBeGivenUp() throws Exception {
    String upload = location(send("POST", "/v2/a/blobs/uploads/", new byte[0]));
    sendChunk(upload, "hello", "0-4");
    assertThat(send("DELETE", upload, new byte[0]).statusCode()).isEqualTo(204);
    assertError(get(upload), 404, "BLOB_UPLOAD_UNKNOWN");
    assertThat(layout.blobs().list()).isEmpty();
  }

  @Test
  void aWrongDigestIsRefused() throws Exception {
    assertError(
        send("POST", "/v2/a/blobs/uploads/?digest=" + DIGEST, new byte[] {1}),
        400,
        "DIGEST_INVALID");
    assertError(send("POST", "/v2/a/blobs/uploads/?digest=x", HELLO), 400, "DIGEST_INVALID");
    assertThat(layout.blobs().list()).isEmpty();
  }

  @Test
  void aBlobIsMountedIfItIsThere() throws Exception {
    String mount = "/v2/b/blobs/uploads/?from=a&mount=" + DIGEST;
    assertThat(send("POST", mount, new byte[0]).statusCode()).isEqualTo(202);
    upload();
    assertThat(send("POST", mount, new byte[0]).statusCode()).isEqualTo(201);
    assertThat(get("/v2/b/blobs/" + DIGEST).body()).isEqualTo("hello, blob");
  }

  @Test
  void oneRangeOfABlobIsServed() throws Exception {
    upload();
    HttpResponse<String> part = get("/v2/a/blobs/" + DIGEST, "Range", "bytes=7-");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 7-10/11");
    assertThat(part.body()).isEqualTo("blob");
    HttpResponse<String> none = get("/v2/a/blobs/" + DIGEST, "Range", "bytes=11-");
    assertThat(none.statusCode()).isEqualTo(416);
    assertThat(none.headers().firstValue("Content-Range")).hasValue("bytes */11");
    assertThat(get("/v2/a/blobs/" + DIGEST, "Range", "bytes=0-1,4-5").body())
        .isEqualTo("hello, blob");
  }

  @Test
  void blobsAndManifestsAreDeleted() throws Exception {
    RawManifest manifest = putImage("a", "1");
    String byTag = "/v2/a/manifests/1";
    String byDigest = "/v2/a/manifests/" + manifest.digest();
    assertThat(send("DELETE", byTag, new byte[0]).statusCode()).isEqualTo(202);
    assertError(get(byTag), 404, "MANIFEST_UNKNOWN");
    assertThat(get(byDigest).statusCode()).isEqualTo(200);
    assertThat(send("DELETE", byDigest, new byte[0]).statusCode()).isEqualTo(202);
    assertError(get(byDigest), 404, "MANIFEST_UNKNOWN");
    assertError(send("DELETE", byDigest, new byte[0]), 404, "MANIFEST_UNKNOWN");
    upload();
    assertThat(send("DELETE", "/v2/a/blobs/" + DIGEST, new byte[0]).statusCode()).isEqualTo(202);
    assertError(get("/v2/a/blobs/" + DIGEST), 404, "BLOB_UNKNOWN");
    assertError(send("DELETE", "/v2/a/blobs/" + DIGEST, new byte[0]), 404, "BLOB_UNKNOWN");
  }

  @Test
  void whatAnotherRepositoryNeedsIsKept() throws Exception {
    RawManifest manifest = putImage("a", "1");
    putImage("b", "1");
    Descriptor config = Manifest.parse(manifest).config();
    send("DELETE", "/v2/a/blobs/" + config.digest(), new byte[0]);
    send("DELETE", "/v2/a/manifests/" + manifest.digest(), new byte[0]);
    assertError(get("/v2/a/manifests/1"), 404, "MANIFEST_UNKNOWN");
    assertThat(get("/v2/b/manifests/1").statusCode()).isEqualTo(200);
    assertThat(get("/v2/b/blobs/" + config.digest()).statusCode()).isEqualTo(200);
  }

  @Test
  void badManifestsAreRefused() throws Exception {
    String path = "/v2/a/manifests/1";
    assertError(put(path, OCI_MANIFEST, "{"), 400, "MANIFEST_INVALID");
    assertError(put(path, OCI_MANIFEST, "[]"), 400, "MANIFEST_INVALID");
    assertError(put(path, "text/plain", "{}"), 400, "MANIFEST_INVALID");
    assertError(put(path, OCI_MANIFEST, " ".repeat(RawManifest.MAX_SIZE + 1)), 413, "SIZE_INVALID");
    RawManifest incomplete =
        new Manifest(
                MediaType.OCI_MANIFEST,
                null,
                Descriptor.of(MediaType.OCI_CONFIG, DIGEST, HELLO.length),
                List.of(),
                null,
                new TreeMap<>())
            .toRaw();
    String text = new String(incomplete.bytes(), StandardCharsets.UTF_8);
    assertError(put(path, OCI_MANIFEST, text), 400, "MANIFEST_BLOB_UNKNOWN");
    assertError(put(path, MediaType.DOCKER_MANIFEST.value(), text), 400, "MANIFEST_INVALID");
    upload();
    assertError(put("/v2/a/manifests/" + DIGEST, OCI_MANIFEST, text), 400, "DIGEST_INVALID");
    HttpResponse<String> done = put(path, OCI_MANIFEST, text);
    assertThat(done.statusCode()).isEqualTo(201);
    assertThat(done.headers().firstValue("Docker-Content-Digest"))
        .hasValue(incomplete.digest().toString());
  }

  @Test
  void tagsAndRepositoriesAreListedInPages() throws Exception {
    for (String tag : List.of("1", "2", "3")) {
      putImage("a", tag);
    }
    putImage("b/c", "1");
    assertThat(get("/v2/_catalog").body()).isEqualTo("{\"repositories\":[\"a\",\"b/c\"]}");
    assertThat(get("/v2/a/tags/list").body())
        .isEqualTo("{\"name\":\"a\",\"tags\":[\"1\",\"2\",\"3\"]}");
    HttpResponse<String> page = get("/v2/a/tags/list?n=2");
    assertThat(page.body()).contains("[\"1\",\"2\"]");
    assertThat(page.headers().firstValue("Link"))
        .hasValue("</v2/a/tags/list?n=2&last=2>; rel=\"next\"");
    HttpResponse<String> last = get("/v2/a/tags/list?n=2&last=2");
    assertThat(last.body()).contains("[\"3\"]");
    assertThat(last.headers().firstValue("Link")).isEmpty();
    assertError(get("/v2/a/tags/list?n=x"), 400, "PAGINATION_NUMBER_INVALID");
    assertError(get("/v2/nothing/tags/list"), 404, "NAME_UNKNOWN");
  }

  @Test
  void referrersAreFoundByTheirSubject() throws Exception {
    RawManifest subject = putImage("a", "1");
    Manifest like = Manifest.parse(subject);
    RawManifest referrer =
        new Manifest(
                MediaType.OCI_MANIFEST,
                "application/vnd.test.note",
                like.config(),
                like.layers(),
                subject.descriptor(),
                new TreeMap<>())
            .toRaw();
    HttpResponse<String> done =
        put(
            "/v2/a/manifests/" + referrer.digest(),
            OCI_MANIFEST,
            new String(referrer.bytes(), StandardCharsets.UTF_8));
    assertThat(done.headers().firstValue("OCI-Subject")).hasValue(subject.digest().toString());
    HttpResponse<String> all = get("/v2/a/referrers/" + subject.digest());
    assertThat(all.headers().firstValue("Content-Type")).hasValue(MediaType.OCI_INDEX.value());
    assertThat(all.body()).contains(referrer.digest().toString(), "application/vnd.test.note");
    HttpResponse<String> filtered =
        get("/v2/a/referrers/" + subject.digest() + "?artifactType=other");
    assertThat(filtered.headers().firstValue("OCI-Filters-Applied")).hasValue("artifactType");
    assertThat(filtered.body()).doesNotContain(referrer.digest().toString());
    assertThat(get("/v2/a/referrers/" + DIGEST).statusCode()).isEqualTo(200);
  }

  @Test
  void nothingOutsideOfTheLayoutIsReachable() throws Exception {
    Files.writeString(folder.resolve("secret"), "secret");
    for (String path :
        List.of(
            "/v2/a/blobs/sha256:..%2f..%2f..%2fsecret",
            "/v2/a/manifests/..%2f..%2fsecret", "/v2/%2e%2e/%2e%2e/secret", "/secret")) {
      HttpResponse<String> response = get(path);
      assertThat(response.statusCode()).as(path).isBetween(400, 404);
      assertThat(response.body()).doesNotContain("\"secret\"");
    }
  }

  @Test
  void imagesWithATagOnlyBelongToTheRepositoryOfTheDirectory() throws Exception {
    RawManifest manifest;
    try (var sink = layout.sink()) {
      manifest = new ImageBuilder().writeTo(sink, "latest");
    }
    HttpResponse<String> response = get("/v2/layout/manifests/latest");
    assertThat(response.headers().firstValue("Docker-Content-Digest"))
        .hasValue(manifest.digest().toString());
    assertThat(get("/v2/_catalog").body()).contains("\"layout\"");
  }

  private RawManifest putImage(String repository, String tag) throws IOException {
    try (var sink = layout.sink(dev.starling.api.layout.RepositoryNames.served(repository))) {
      return new ImageBuilder().writeTo(sink, tag);
    }
  }

  private void upload() throws Exception {
    send("POST", "/v2/a/blobs/uploads/?digest=" + DIGEST, HELLO);
  }

  private static void assertError(HttpResponse<String> response, int status, String code) {
    assertThat(response.body()).contains("{\"errors\":[{\"code\":\"" + code + "\"");
    assertThat(response.statusCode()).isEqualTo(status);
  }

  private static String location(HttpResponse<?> response) {
    return response.headers().firstValue("Location").orElseThrow();
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> put(String path, String contentType, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", contentType)
            .PUT(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> send(String method, String path, byte[] body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(path)).method(method, BodyPublishers.ofByteArray(body)).build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> sendChunk(String path, String body, String range) throws Exception {
    return client.send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Range", range)
            .method("PATCH", BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://" + server.host() + path);
  }
}
