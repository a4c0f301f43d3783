package dev.starling.api.serve;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.starling.api.layout.OciLayout;
import dev.starling.api.serve.Refusal.Code;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A running registry over a layout, on a loopback address. Thread-safe.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#api">The
 *     distribution specification's API</a>
 */
public final class RegistryServer implements Closeable {

  private static final Logger LOGGER = System.getLogger(RegistryServer.class.getName());
  private static final int BACKLOG = 128;

  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ManifestHandler manifests;
  private final BlobHandler blobs;
  private final UploadHandler uploads;
  private final ListHandler lists;

  private RegistryServer(OciLayout layout, HttpServer http) {
    Repositories repositories = new Repositories(layout);
    this.http = http;
    this.manifests = new ManifestHandler(repositories);
    this.blobs = new BlobHandler(repositories);
    this.uploads = new UploadHandler(layout.blobs());
    this.lists = new ListHandler(repositories);
  }

  /** Serves the layout on a free port of 127.0.0.1. */
  public static RegistryServer start(OciLayout layout) throws IOException {
    return start(layout, new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), List.of());
  }

  /**
   * Serves the layout.
   *
   * @param address a loopback address; port 0 takes a free one
   * @param filters see and may change each exchange, the first one outermost
   * @throws IOException if the address is not a loopback address, or is taken
   */
  public static RegistryServer start(
      OciLayout layout, InetSocketAddress address, List<Filter> filters) throws IOException {
    if (address.getAddress() == null || !address.getAddress().isLoopbackAddress()) {
      throw new IOException(
          address.getHostString()
              + " is not a loopback address; the built-in registry has no access control and"
              + " listens on 127.0.0.1 or another loopback address only");
    }
    HttpServer http;
    try {
      http = HttpServer.create(address, BACKLOG);
    } catch (IOException e) {
      throw new IOException(
          "cannot listen on "
              + address.getHostString()
              + ":"
              + address.getPort()
              + ": "
              + e.getMessage(),
          e);
    }
    RegistryServer server = new RegistryServer(layout, http);
    HttpContext context = http.createContext("/", server::handle);
    context.getFilters().addAll(filters);
    http.setExecutor(server.threads);
    http.start();
    return server;
  }

  /** The address it listens on, with the actual port. */
  public InetSocketAddress address() {
    return http.getAddress();
  }

  /** {@code host:port}, as references begin with it. */
  public String host() {
    String host = address().getAddress().getHostAddress();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address().getPort();
  }

  private void handle(HttpExchange http) throws IOException {
    try (http) {
      Exchange exchange;
      try {
        exchange = new Exchange(http);
      } catch (Refusal e) {
        http.sendResponseHeaders(400, -1);
        return;
      }
      try {
        dispatch(exchange, Route.parse(http.getRequestURI().getPath()));
      } catch (Refusal refusal) {
        exchange.refuse(refusal);
      } catch (IOException | RuntimeException e) {
        fail(http, exchange, e);
      }
    }
  }

  private void dispatch(Exchange exchange, Route route) throws IOException, Refusal {
    switch (route) {
      case Route.Base base -> exchange.set("Content-Type", "application/json").send(200, EMPTY);
      case Route.Catalog catalog -> lists.handle(exchange, catalog);
      case Route.Tags tags -> lists.handle(exchange, tags);
      case Route.Referrers referrers -> lists.handle(exchange, referrers);
      case Route.OneManifest manifest -> manifests.handle(exchange, manifest);
      case Route.Blob blob -> blobs.handle(exchange, blob);
      case Route.Uploads all -> uploads.handle(exchange, all);
      case Route.Upload upload -> uploads.handle(exchange, upload);
    }
  }

  private static final byte[] EMPTY = {'{', '}'};

  /**
   * A failure of the layout is answered if nothing was sent yet. Else the connection has to break:
   * the HTTP server closes it for an exception only, not for a body that ends early.
   */
  private static void fail(HttpExchange http, Exchange exchange, Exception e) throws IOException {
    if (http.getResponseCode() != -1) {
      throw new IOException("broken transfer of " + http.getRequestURI().getPath(), e);
    }
    LOGGER.log(Logger.Level.WARNING, "cannot answer " + http.getRequestURI().getPath(), e);
    exchange.refuse(new Refusal(Code.UNKNOWN, String.valueOf(e.getMessage())));
  }

  /** Stops listening, breaks the transfers under way and drops unfinished uploads. */
  @Override
  public void close() throws IOException {
    http.stop(0);
    threads.shutdownNow();
    threads.close();
    uploads.close();
  }
}
