package dev.starling.api.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * A request before authentication and redirects.
 *
 * @param method the HTTP method
 * @param url where to
 * @param repository the repository's name as the reference has it: whose credentials are used
 * @param scopes what the token must allow, sorted, for example {@code repository:app:pull}
 * @param headers besides those that every request has
 * @param body makes the body anew for every attempt, or null
 */
record Ask(
    String method,
    HttpUrl url,
    String repository,
    List<String> scopes,
    Map<String, String> headers,
    @Nullable Supplier<RequestBody> body) {

  /** A request without a body that reads from the repository. */
  static Ask read(String method, Endpoint endpoint, String repository, HttpUrl url) {
    return new Ask(method, url, repository, List.of(pull(endpoint, repository)), Map.of(), null);
  }

  /** A request that writes to the repository. */
  static Ask write(
      String method,
      Endpoint endpoint,
      String repository,
      HttpUrl url,
      @Nullable Supplier<RequestBody> body) {
    return new Ask(
        method,
        url,
        repository,
        List.of("repository:" + endpoint.repository(repository) + ":pull,push"),
        Map.of(),
        body);
  }

  /** A request that deletes from the repository. */
  static Ask delete(Endpoint endpoint, String repository, HttpUrl url) {
    return new Ask(
        "DELETE",
        url,
        repository,
        List.of("repository:" + endpoint.repository(repository) + ":delete,pull"),
        Map.of(),
        null);
  }

  /** The same with these headers. */
  Ask with(Map<String, String> newHeaders) {
    return new Ask(method, url, repository, scopes, newHeaders, body);
  }

  /** The same to another URL. */
  Ask to(HttpUrl newUrl) {
    return new Ask(method, newUrl, repository, scopes, headers, body);
  }

  /** The same with the right to read another repository too. */
  Ask alsoReading(Endpoint endpoint, String other) {
    List<String> more = new ArrayList<>(scopes);
    more.add(pull(endpoint, other));
    return new Ask(method, url, repository, more.stream().sorted().toList(), headers, body);
  }

  /** Whether the method only reads, so that any redirect may be followed. */
  boolean isRead() {
    return method.equals("GET") || method.equals("HEAD");
  }

  private static String pull(Endpoint endpoint, String repository) {
    return "repository:" + endpoint.repository(repository) + ":pull";
  }
}
