package dev.starling.api.registry;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP clients: one for plain HTTP, one for most hosts, and one for each host with certificates
 * of its own. They share their connections. None follows redirects or authenticates: {@link
 * Exchange} decides who sees what. Thread-safe.
 */
final class HttpClients implements AutoCloseable {

  private static final int IDLE_CONNECTIONS = 16;
  private static final long KEEP_ALIVE_SECONDS = 60;

  /** How long a registry that is asked for something may say nothing at all. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(20);

  private final RegistryConfig config;
  private final OkHttpClient plain;
  private @Nullable OkHttpClient secure;
  private final Map<Path, OkHttpClient> withExtraTrust = new ConcurrentHashMap<>();

  HttpClients(RegistryConfig config) throws IOException {
    this.config = config;
    EnvironmentProxies proxies = new EnvironmentProxies(config.environment());
    this.plain =
        new OkHttpClient.Builder()
            .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
            .connectionPool(
                new ConnectionPool(IDLE_CONNECTIONS, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS))
            .followRedirects(false)
            .followSslRedirects(false)
            .connectTimeout(config.connectTimeout())
            .readTimeout(config.idleTimeout())
            .writeTimeout(config.idleTimeout())
            .proxySelector(proxies)
            .proxyAuthenticator((route, response) ->
                route == null
                    ? null
                    : authorizedAtProxy(response, proxies.authorization(route.proxy())))
            .addInterceptor(chain ->
                chain
                    .withReadTimeout(patience(chain.request()), TimeUnit.MILLISECONDS)
                    .proceed(chain.request()))
            .addNetworkInterceptor(chain -> {
              Request request = chain.request();
              var connection = chain.connection();
              String proof =
                  connection == null || request.isHttps()
                      ? null
                      : proxies.authorization(connection.route().proxy());
              // A body that is sent once cannot wait for the proxy to ask.
              return chain.proceed(
                  proof == null
                      ? request
                      : request.newBuilder().header("Proxy-Authorization", proof).build());
            })
            .build();
  }

  /**
   * How many milliseconds an answer may be silent. Whoever asks for something waits for it; what is
   * uploaded may take the registry a while to put away.
   */
  private int patience(Request request) {
    boolean asks = request.method().equals("GET") || request.method().equals("HEAD");
    Duration silent = config.idleTimeout();
    return Math.toIntExact(
        (asks && silent.compareTo(LONGEST_SILENCE) > 0 ? LONGEST_SILENCE : silent).toMillis());
  }

  private static @Nullable Request authorizedAtProxy(Response response, @Nullable String proof) {
    Request request = response.request();
    return proof == null || proof.equals(request.header("Proxy-Authorization"))
        ? null
        : request.newBuilder().header("Proxy-Authorization", proof).build();
  }

  /** The client for the URL's host. */
  OkHttpClient forUrl(HttpUrl url) throws IOException {
    if (!url.isHttps()) {
      return plain;
    }
    Path caFile = caFile(url);
    if (caFile == null) {
      return secure();
    }
    OkHttpClient known = withExtraTrust.get(caFile);
    if (known != null) {
      return known;
    }
    ExtraTrust trust = ExtraTrust.of(caFile);
    return withExtraTrust.computeIfAbsent(
        caFile, path -> secured().sslSocketFactory(trust.sockets(), trust.manager()).build());
  }

  /**
   * Made when it is needed: to read the system's certificate authorities takes a tenth of a second.
   */
  private synchronized OkHttpClient secure() {
    OkHttpClient made = secure == null ? secured().build() : secure;
    secure = made;
    return made;
  }

  private OkHttpClient.Builder secured() {
    return plain.newBuilder().connectionSpecs(List.of(ConnectionSpec.MODERN_TLS));
  }

  private @Nullable Path caFile(HttpUrl url) {
    String host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
    Path withPort = config.host(host + ":" + url.port()).caFile();
    return withPort != null || url.port() != 443 ? withPort : config.host(host).caFile();
  }

  @Override
  public void close() {
    plain.dispatcher().cancelAll();
    plain.dispatcher().executorService().shutdown();
    plain.connectionPool().evictAll();
  }
}
