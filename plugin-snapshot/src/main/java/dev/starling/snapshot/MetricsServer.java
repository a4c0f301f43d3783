package dev.starling.snapshot;

import com.sun.net.httpserver.HttpServer;
import dev.starling.api.command.UsageException;
import dev.starling.snapshot.daemon.Daemon;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Serves the daemon's figures for Prometheus, if asked to. */
final class MetricsServer implements Closeable {

  private final @Nullable HttpServer http;

  private MetricsServer(@Nullable HttpServer http) {
    this.http = http;
  }

  /**
   * Begins to serve.
   *
   * @param address {@code HOST:PORT}, or null to serve nothing
   */
  static MetricsServer start(@Nullable String address, Daemon daemon) throws IOException {
    if (address == null) {
      return new MetricsServer(null);
    }
    HttpServer http = HttpServer.create(parse(address), 0);
    http.createContext(
        "/metrics",
        exchange -> {
          byte[] body = Metrics.of(daemon.status()).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
          exchange.sendResponseHeaders(200, body.length);
          try (exchange) {
            exchange.getResponseBody().write(body);
          }
        });
    http.start();
    return new MetricsServer(http);
  }

  private static InetSocketAddress parse(String address) {
    int colon = address.lastIndexOf(':');
    try {
      int port = Integer.parseInt(address.substring(colon + 1));
      if (colon > 0 && port >= 0 && port <= 65535) {
        return new InetSocketAddress(address.substring(0, colon), port);
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new UsageException("--metrics " + address + " is no address; expected HOST:PORT");
  }

  @Override
  public void close() {
    if (http != null) {
      http.stop(0);
    }
  }
}
