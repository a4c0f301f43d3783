package dev.starling.api.registry;

import dev.starling.api.content.ContentNotFoundException;
import dev.starling.api.internal.json.BoundedJson;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists a repository's tags page by page. */
final class TagLister {

  private static final int PAGE = 1000;
  private static final int MAX_PAGE_BYTES = 4 * 1024 * 1024;

  /** More tags than any repository has. */
  private static final int MAX_TAGS = 1_000_000;

  /** The link to the next page (RFC 8288). */
  private static final Pattern NEXT =
      Pattern.compile("<([^>]*)>\\s*;[^,<]*\\brel\\s*=\\s*\"?next\"?", Pattern.CASE_INSENSITIVE);

  private TagLister() {}

  static List<String> list(RepositoryReader repository, Endpoint endpoint) throws IOException {
    NavigableSet<String> tags = new TreeSet<>();
    HttpUrl url =
        repository
            .url(endpoint, "tags/list")
            .newBuilder()
            .addQueryParameter("n", "" + PAGE)
            .build();
    while (url != null) {
      Ask ask = repository.ask(endpoint, url, Map.of("Accept", "application/json"));
      int before = tags.size();
      Page page =
          repository.wire().ask(endpoint, ask, repository.scope(), a -> page(repository, a));
      tags.addAll(page.tags());
      // A page without new tags would lead round in circles.
      url = tags.size() > before && tags.size() < MAX_TAGS ? page.next() : null;
      if (url != null && !endpoint.owns(url)) {
        throw new RegistryException(
            "GET " + Redaction.url(ask.url()) + ": the next page of tags is at another host");
      }
    }
    return List.copyOf(tags);
  }

  private record Page(List<String> tags, @Nullable HttpUrl next) {}

  private static Page page(RepositoryReader repository, Answer answer) throws IOException {
    if (answer.status() == 404) {
      throw new ContentNotFoundException(
          "there is no repository "
              + repository.reference().name()
              + " (GET "
              + Redaction.url(answer.url())
              + ": status 404)");
    }
    ObjectNode json = BoundedJson.object(answer.bytes(MAX_PAGE_BYTES, "the list of tags"));
    if (json == null) {
      throw new RegistryException(
          "GET " + Redaction.url(answer.url()) + ": the answer is no list of tags");
    }
    NavigableSet<String> tags = new TreeSet<>();
    for (JsonNode tag : json.path("tags")) {
      if (tag.isString()) {
        tags.add(tag.stringValue());
      }
    }
    String link = String.join(",", answer.headers("Link"));
    Matcher next = NEXT.matcher(link);
    return new Page(List.copyOf(tags), next.find() ? answer.url().resolve(next.group(1)) : null);
  }
}
