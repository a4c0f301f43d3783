package dev.starling.api.registry;

import dev.starling.api.reference.RegistryReference;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Finds the hosts of a repository and how they are spoken to. Remembers which loopback ports speak
 * TLS and which mirrors were out of reach a moment ago. Thread-safe.
 */
final class EndpointResolver {

  /** Where Docker Hub's registry really is. */
  private static final String DOCKER_HUB = "registry-1.docker.io";

  /** How long a mirror that cannot be reached is left alone. */
  private static final Duration MIRROR_REST = Duration.ofSeconds(60);

  private final RegistryConfig config;
  private final Clock clock;
  private final Map<String, Boolean> loopbackHttp = new ConcurrentHashMap<>();
  private final Map<String, Instant> restingUntil = new ConcurrentHashMap<>();

  EndpointResolver(RegistryConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  /** The mirrors that are not resting, then the registry itself. */
  List<Endpoint> forReading(RegistryReference reference, boolean http) throws IOException {
    List<Endpoint> endpoints = new ArrayList<>();
    for (String mirror : config.host(reference.host()).mirrors()) {
      Endpoint endpoint = mirror(mirror);
      Instant resting = restingUntil.get(endpoint.key());
      if (resting == null || clock.instant().isAfter(resting)) {
        endpoints.add(endpoint);
      }
    }
    endpoints.add(registry(reference, http));
    return endpoints;
  }

  /** The registry itself: what is written goes to no mirror. */
  Endpoint registry(RegistryReference reference, boolean http) throws IOException {
    return endpoint(reference.scheme(), reference.host(), http, "", false);
  }

  /** Leaves a mirror alone for a while. */
  void rest(Endpoint mirror) {
    restingUntil.put(mirror.key(), clock.instant().plus(MIRROR_REST));
  }

  /** Whether the loopback host is spoken to without TLS: always, unless it answers TLS. */
  boolean loopbackSpeaksHttp(String host) throws IOException {
    Boolean known = loopbackHttp.get(host);
    if (known == null) {
      HttpUrl url = parse("http", host);
      try {
        known = !TlsProbe.speaksTls(url.host(), url.port());
      } catch (IOException e) {
        return true; // nobody there: the request itself says so, and the next one asks anew
      }
      loopbackHttp.put(host, known);
    }
    return known;
  }

  /** Whether the host, with or without a port, is a loopback one. */
  boolean isLoopback(String host) throws IOException {
    return Loopback.is(parse("http", host).host());
  }

  private Endpoint mirror(String mirror) throws IOException {
    int schemeEnd = mirror.indexOf("://");
    String scheme = schemeEnd < 0 ? null : mirror.substring(0, schemeEnd);
    String rest = schemeEnd < 0 ? mirror : mirror.substring(schemeEnd + 3);
    int slash = rest.indexOf('/');
    String host = slash < 0 ? rest : rest.substring(0, slash);
    String prefix = slash < 0 ? "" : rest.substring(slash + 1).replaceFirst("/+$", "");
    return endpoint(scheme, host, "http".equals(scheme), prefix, true);
  }

  private Endpoint endpoint(
      @Nullable String scheme, String host, boolean http, String prefix, boolean mirror)
      throws IOException {
    HostConfig hostConfig = config.host(host);
    String address = host.equals("docker.io") ? DOCKER_HUB : host;
    boolean plain = !"https".equals(scheme) && (http || hostConfig.plainHttp());
    HttpUrl url = parse("https", address);
    if (!plain && !"https".equals(scheme) && Loopback.is(url.host())) {
      plain = "http".equals(scheme) || loopbackSpeaksHttp(address);
    }
    if ("http".equals(scheme) && !plain) {
      throw new RegistryException(
          "http://"
              + host
              + " is not encrypted; add --plain-http to allow that, or write https://");
    }
    return new Endpoint(host, plain ? parse("http", address) : url, prefix, hostConfig, mirror);
  }

  private static HttpUrl parse(String scheme, String address) throws IOException {
    HttpUrl url = HttpUrl.parse(scheme + "://" + address);
    if (url == null || url.pathSize() > 1 || !url.encodedPath().equals("/")) {
      throw new RegistryException(
          "'" + Redaction.text(address) + "' is not the host[:port] of a registry");
    }
    return url;
  }
}
