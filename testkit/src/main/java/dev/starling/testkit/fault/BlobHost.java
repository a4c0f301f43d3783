package dev.starling.testkit.fault;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import dev.starling.api.layout.OciLayout;
import dev.starling.api.serve.RegistryServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The other host, from which blobs are fetched by signed URLs. It refuses requests that carry
 * credentials, as storage services do. Thread-safe.
 */
final class BlobHost implements Closeable {

  private static final String QUERY = "signature=";

  /** Makes a URL for a path. */
  interface Signer {
    String sign(String path);
  }

  private final RegistryServer server;
  private final Clock clock;
  private final Map<String, Instant> expiries = new ConcurrentHashMap<>();

  BlobHost(OciLayout layout, Clock clock, RequestLog log) throws IOException {
    this.clock = clock;
    // Another address, so that neither host nor port are those of the registry.
    this.server =
        RegistryServer.start(
            layout,
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 0),
            List.of(new LogFilter(log), new SignatureFilter()));
  }

  String host() {
    return server.host();
  }

  Signer signer(Duration validFor) {
    return path -> {
      String signature = UUID.randomUUID().toString();
      expiries.put(signature, clock.instant().plus(validFor));
      return "http://" + host() + path + "?" + QUERY + signature;
    };
  }

  private final class SignatureFilter extends Filter {

    @Override
    public String description() {
      return "checks signatures";
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
      int status = check(exchange);
      if (status == 200) {
        chain.doFilter(exchange);
        return;
      }
      try (exchange) {
        exchange.sendResponseHeaders(status, -1);
      }
    }
  }

  private int check(HttpExchange exchange) {
    if (exchange.getRequestHeaders().containsKey("Authorization")) {
      return 400;
    }
    @Nullable String query = exchange.getRequestURI().getRawQuery();
    Instant expiry =
        expiries.get(
            query == null ? "" : query.substring(Math.min(query.length(), QUERY.length())));
    return expiry != null && clock.instant().isBefore(expiry) ? 200 : 403;
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
