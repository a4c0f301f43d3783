package dev.starling.api.serve;

import dev.starling.api.content.ContentNotFoundException;
import dev.starling.api.content.ImageSink;
import dev.starling.api.content.ImageSource;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Index;
import dev.starling.api.image.InvalidImageException;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.RawManifest;
import dev.starling.api.layout.OciLayout;
import dev.starling.api.layout.RepositoryNames;
import dev.starling.api.serve.Refusal.Code;
import java.io.IOException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Manifests by tag and digest. */
final class ManifestHandler {

  private final Repositories repositories;
  private final OciLayout layout;

  ManifestHandler(Repositories repositories) {
    this.repositories = repositories;
    this.layout = repositories.layout();
  }

  void handle(Exchange exchange, Route.OneManifest route) throws IOException, Refusal {
    switch (exchange.method()) {
      case "GET", "HEAD" -> get(exchange, route);
      case "PUT" -> put(exchange, route);
      case "DELETE" -> delete(exchange, route);
      default -> throw new Refusal(Code.UNSUPPORTED, "expected GET, HEAD, PUT or DELETE");
    }
  }

  private void get(Exchange exchange, Route.OneManifest route) throws IOException, Refusal {
    try (ImageSource source = layout.source(repositories.names(route.repository()))) {
      RawManifest manifest = source.manifest(route.selector());
      Digest asked = route.digest();
      exchange.set("Content-Type", manifest.mediaType());
      exchange.digest(asked == null ? manifest.digest() : asked);
      exchange.send(200, manifest.bytes());
    } catch (ContentNotFoundException | InvalidImageException e) {
      throw new Refusal(Code.MANIFEST_UNKNOWN, "there is no manifest " + route.selector());
    }
  }

  private void put(Exchange exchange, Route.OneManifest route) throws IOException, Refusal {
    byte[] bytes = exchange.body().readNBytes(RawManifest.MAX_SIZE + 1);
    if (bytes.length > RawManifest.MAX_SIZE) {
      throw new Refusal(
          Code.SIZE_INVALID, "a manifest has at most " + RawManifest.MAX_SIZE + " bytes");
    }
    RawManifest manifest =
        new RawManifest(mediaType(exchange.header("Content-Type"), bytes), bytes);
    Digest asked = route.digest();
    if (asked != null) {
      requireDigest(asked, bytes);
    }
    @Nullable Descriptor subject = validate(manifest);
    if (asked != null && !asked.equals(manifest.digest())) { // another algorithm's name for it
      putAs(asked, bytes);
    } else {
      try (ImageSink sink = layout.sink(repositories.names(route.repository()))) {
        sink.putManifest(manifest, route.tag());
      }
    }
    if (subject != null) {
      exchange.set("OCI-Subject", subject.digest());
    }
    exchange
        .set("Location", "/v2/" + route.repository() + "/manifests/" + route.selector())
        .digest(asked == null ? manifest.digest() : asked)
        .send(201);
  }

  private void putAs(Digest digest, byte[] bytes) throws IOException {
    try (var writer = layout.blobs().newBlob()) {
      writer.write(bytes);
      writer.commit(digest);
    }
  }

  private static void requireDigest(Digest expected, byte[] bytes) throws Refusal {
    String actual = HexFormat.of().formatHex(expected.newMessageDigest().digest(bytes));
    if (!actual.equals(expected.hex())) {
      throw new Refusal(
          Code.DIGEST_INVALID, "the manifest hashes to " + expected.algorithm() + ":" + actual);
    }
  }

  private @Nullable Descriptor validate(RawManifest manifest) throws IOException, Refusal {
    try {
      Descriptor subject =
          manifest.isIndex() ? Index.parse(manifest).subject() : Manifest.parse(manifest).subject();
      layout.requireContent(manifest);
      return subject;
    } catch (InvalidImageException e) {
      throw new Refusal(Code.MANIFEST_INVALID, String.valueOf(e.getMessage()));
    } catch (ContentNotFoundException e) {
      throw new Refusal(Code.MANIFEST_BLOB_UNKNOWN, String.valueOf(e.getMessage()));
    }
  }

  private static MediaType mediaType(@Nullable String contentType, byte[] bytes) throws Refusal {
    String own;
    try {
      own = JsonMapper.shared().readTree(bytes).path("mediaType").asString("");
    } catch (JacksonException e) {
      throw new Refusal(Code.MANIFEST_INVALID, "the manifest is not valid JSON");
    }
    String sent = contentType == null ? own : contentType.replaceFirst(";.*", "").trim();
    if (!own.isEmpty() && !own.equals(sent)) {
      throw new Refusal(
          Code.MANIFEST_INVALID, "the manifest says mediaType " + own + ", its header " + sent);
    }
    if (sent.isEmpty()) {
      throw new Refusal(Code.MANIFEST_INVALID, "the manifest has no media type");
    }
    MediaType mediaType = new MediaType(sent);
    if (!mediaType.isIndex() && !mediaType.isManifest()) {
      throw new Refusal(Code.MANIFEST_INVALID, "manifests of type " + sent + " are not supported");
    }
    return mediaType;
  }

  private void delete(Exchange exchange, Route.OneManifest route) throws IOException, Refusal {
    RepositoryNames names = repositories.names(route.repository());
    Digest digest = route.digest();
    boolean found;
    if (digest == null) {
      found =
          layout.removeEntries(entry -> String.valueOf(names.tagOf(entry)).equals(route.tag())) > 0;
    } else {
      found = layout.blobs().has(digest);
      layout.removeEntries(entry ->
          entry.digest().equals(digest)
              && (names.tagOf(entry) != null
                  || !entry.annotations().containsKey(RepositoryNames.REF_NAME)));
      if (!layout.reachable(repositories.entriesOfOthers(route.repository())).contains(digest)) {
        layout.blobs().delete(digest);
      }
    }
    if (!found) {
      throw new Refusal(Code.MANIFEST_UNKNOWN, "there is no manifest " + route.selector());
    }
    exchange.send(202);
  }
}
