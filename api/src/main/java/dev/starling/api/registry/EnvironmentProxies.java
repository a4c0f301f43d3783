package dev.starling.api.registry;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Chooses proxies as HTTP_PROXY, HTTPS_PROXY and NO_PROXY (or their lower-case forms) say.
 * Immutable.
 */
final class EnvironmentProxies extends ProxySelector {

  /**
   * A proxy and who one is to it.
   *
   * @param authorization the value of a Proxy-Authorization header, or null
   */
  private record Configured(Proxy proxy, @Nullable String authorization) {}

  private final @Nullable Configured forHttp;
  private final @Nullable Configured forHttps;
  private final NoProxy noProxy;

  /**
   * @throws IOException if a variable holds no usable proxy; its password is not in the message
   */
  EnvironmentProxies(Map<String, String> environment) throws IOException {
    this.forHttp = read(environment, "HTTP_PROXY");
    this.forHttps = read(environment, "HTTPS_PROXY");
    this.noProxy = new NoProxy(variable(environment, "NO_PROXY"));
  }

  @Override
  public List<Proxy> select(URI uri) {
    boolean https = "https".equals(uri.getScheme());
    Configured proxy = https ? forHttps : forHttp;
    int port = uri.getPort() < 0 ? (https ? 443 : 80) : uri.getPort();
    return proxy == null || noProxy.includes(uri.getHost(), port)
        ? List.of(Proxy.NO_PROXY)
        : List.of(proxy.proxy());
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // The request that needed the proxy reports it.
  }

  /** The Proxy-Authorization for this proxy, or null. */
  @Nullable String authorization(Proxy proxy) {
    for (Configured configured : new Configured[] {forHttps, forHttp}) {
      if (configured != null && configured.proxy().equals(proxy)) {
        return configured.authorization();
      }
    }
    return null;
  }

  private static @Nullable Configured read(Map<String, String> environment, String name)
      throws IOException {
    String value = variable(environment, name);
    if (value.isEmpty()) {
      return null;
    }
    int schemeEnd = value.indexOf("://");
    String scheme = schemeEnd < 0 ? "http" : value.substring(0, schemeEnd);
    HttpUrl url =
        HttpUrl.parse("http://" + (schemeEnd < 0 ? value : value.substring(schemeEnd + 3)));
    boolean socks = scheme.equals("socks5") || scheme.equals("socks5h");
    if (url == null || (!scheme.equals("http") && !socks)) {
      throw new RegistryException(
          name
              + " is no usable proxy; expected http://[user:password@]host:port or"
              + " socks5://host:port");
    }
    boolean named = value.matches("(.*://)?([^@/]*@)?(\\[[^\\]]*]|[^:/]*):[0-9]+/?.*");
    int port = named ? url.port() : socks ? 1080 : 80;
    Proxy proxy =
        new Proxy(
            socks ? Proxy.Type.SOCKS : Proxy.Type.HTTP,
            InetSocketAddress.createUnresolved(url.host(), port));
    return new Configured(
        proxy, url.username().isEmpty() ? null : Credentials.basic(url.username(), url.password()));
  }

  private static String variable(Map<String, String> environment, String name) {
    String upper = environment.getOrDefault(name, "");
    return (upper.isEmpty()
            ? environment.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), "")
            : upper)
        .strip();
  }
}
