package dev.starling.api.serve;

import dev.starling.api.content.ImageSource;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Index;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.MediaType;
import dev.starling.api.image.RawManifest;
import dev.starling.api.serve.Refusal.Code;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What can be listed: repositories, tags and referrers. */
final class ListHandler {

  private final Repositories repositories;

  ListHandler(Repositories repositories) {
    this.repositories = repositories;
  }

  void handle(Exchange exchange, Route.Catalog route) throws IOException, Refusal {
    requireGet(exchange);
    sendPage(exchange, "/v2/_catalog", "repositories", repositories.list(), newObject());
  }

  void handle(Exchange exchange, Route.Tags route) throws IOException, Refusal {
    requireGet(exchange);
    String repository = route.repository();
    List<String> tags;
    try (ImageSource source = repositories.layout().source(repositories.names(repository))) {
      tags = source.tags();
    }
    if (tags.isEmpty()) {
      throw new Refusal(Code.NAME_UNKNOWN, "there is no repository " + repository);
    }
    ObjectNode json = newObject().put("name", repository);
    sendPage(exchange, "/v2/" + repository + "/tags/list", "tags", tags, json);
  }

  void handle(Exchange exchange, Route.Referrers route) throws IOException, Refusal {
    requireGet(exchange);
    @Nullable String type = exchange.query("artifactType");
    List<Descriptor> referrers = new ArrayList<>();
    var layout = repositories.layout();
    for (Digest digest : layout.reachable(layout.entries())) {
      Descriptor referrer = referrer(digest, route.digest());
      if (referrer != null && (type == null || type.equals(referrer.artifactType()))) {
        referrers.add(referrer);
      }
    }
    if (type != null) {
      exchange.set("OCI-Filters-Applied", "artifactType");
    }
    exchange.set("Content-Type", MediaType.OCI_INDEX);
    exchange.send(
        200,
        new Index(MediaType.OCI_INDEX, null, referrers, null, new TreeMap<>()).toRaw().bytes());
  }

  /** The blob's descriptor if it is a manifest about that subject, else null. */
  private @Nullable Descriptor referrer(Digest digest, Digest subject) {
    RawManifest raw;
    Descriptor about;
    String artifactType;
    SortedMap<String, String> annotations;
    try {
      raw = repositories.layout().manifest(digest);
      if (raw.isIndex()) {
        Index index = Index.parse(raw);
        about = index.subject();
        artifactType = index.artifactType();
        annotations = index.annotations();
      } else {
        Manifest manifest = Manifest.parse(raw);
        about = manifest.subject();
        artifactType =
            manifest.artifactType() == null
                ? manifest.config().mediaType().value()
                : manifest.artifactType();
        annotations = manifest.annotations();
      }
    } catch (IOException _) {
      return null; // a layer or a config, or not there
    }
    return about != null && about.digest().equals(subject)
        ? new Descriptor(
            raw.mediaType(),
            digest,
            raw.descriptor().size(),
            List.of(),
            annotations,
            null,
            null,
            artifactType)
        : null;
  }

  private static void sendPage(
      Exchange exchange, String path, String field, Collection<String> all, ObjectNode json)
      throws IOException, Refusal {
    String last = exchange.query("last");
    List<String> rest =
        all.stream().filter(name -> last == null || name.compareTo(last) > 0).toList();
    int count = pageSize(exchange, rest.size());
    ArrayNode array = json.putArray(field);
    rest.subList(0, count).forEach(array::add);
    if (count > 0 && count < rest.size()) {
      String next = URLEncoder.encode(rest.get(count - 1), StandardCharsets.UTF_8);
      exchange.set("Link", "<%s?n=%d&last=%s>; rel=\"next\"".formatted(path, count, next));
    }
    exchange.send(json);
  }

  private static int pageSize(Exchange exchange, int available) throws Refusal {
    String text = exchange.query("n");
    if (text == null) {
      return available;
    }
    try {
      int count = Integer.parseInt(text);
      if (count >= 0) {
        return Math.min(count, available);
      }
    } catch (NumberFormatException _) {
      // refused below
    }
    throw new Refusal(Code.PAGINATION_NUMBER_INVALID, "n needs a number of 0 or more");
  }

  private static void requireGet(Exchange exchange) throws Refusal {
    if (!exchange.method().equals("GET") && !exchange.isHead()) {
      throw new Refusal(Code.UNSUPPORTED, "expected GET");
    }
  }

  private static ObjectNode newObject() {
    return JsonMapper.shared().createObjectNode();
  }
}
