package dev.starling.api.registry;

import java.util.Locale;
import okhttp3.HttpUrl;

/**
 * One host that serves a repository: the registry itself or a mirror of it.
 *
 * @param host the name credentials are kept under, for example {@code docker.io}
 * @param base scheme, host and port
 * @param prefix goes in front of the repository's name with a slash; empty for none
 * @param config what is special about the host
 * @param mirror whether it only stands in for the registry
 */
record Endpoint(String host, HttpUrl base, String prefix, HostConfig config, boolean mirror) {

  /** The repository's name at this host. */
  String repository(String name) {
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  /**
   * A URL of the repository.
   *
   * @param rest what follows the repository's name, for example {@code tags/list}
   */
  HttpUrl url(String repository, String rest) {
    return base.newBuilder().addPathSegments("v2/" + repository(repository) + "/" + rest).build();
  }

  /** Whether the URL leads to this very host, so that it may see this host's credentials. */
  boolean owns(HttpUrl url) {
    return origin(url).equals(origin(base));
  }

  /** Identifies the host in caches. */
  String key() {
    return origin(base);
  }

  /** Scheme, host and port. */
  static String origin(HttpUrl url) {
    return url.scheme() + "://" + url.host().toLowerCase(Locale.ROOT) + ":" + url.port();
  }
}
