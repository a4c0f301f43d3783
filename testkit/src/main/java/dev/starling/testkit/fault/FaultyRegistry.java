package dev.starling.testkit.fault;

import dev.starling.api.layout.OciLayout;
import dev.starling.api.serve.RegistryServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/**
 * The built-in registry on a free port of 127.0.0.1, with faults, access control and a log of the
 * requests. Without any of them it behaves as the built-in registry does. Thread-safe.
 */
public final class FaultyRegistry implements Closeable {

  private final OciLayout layout;
  private final RequestLog log = new RequestLog();
  private final FaultPlan plan = new FaultPlan();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final BlobHost blobHost;
  private final RegistryServer server;

  private FaultyRegistry(Path directory, Access access, Clock clock) throws IOException {
    layout = OciLayout.create(directory);
    CompletableFuture<String> host = new CompletableFuture<>();
    TokenService tokens = new TokenService(access, clock, host::join);
    AccessFilter accessFilter = new AccessFilter(access, tokens, plan);
    blobHost = new BlobHost(layout, clock, log);
    FaultFilter faults =
        new FaultFilter(plan, accessFilter, f -> blobHost.signer(f.validFor()), closed);
    try {
      server =
          RegistryServer.start(
              layout,
              new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
              List.of(new LogFilter(log), accessFilter, faults));
    } catch (IOException e) {
      blobHost.close();
      throw e;
    }
    host.complete(server.host());
  }

  /** Serves the layout in that directory, which is made if missing, to everybody. */
  public static FaultyRegistry start(Path directory) throws IOException {
    return start(directory, new Access.Open(), Clock.systemUTC());
  }

  /**
   * Serves the layout in that directory.
   *
   * @param access who may use it
   * @param clock by which tokens and signed URLs expire
   */
  public static FaultyRegistry start(Path directory, Access access, Clock clock)
      throws IOException {
    return new FaultyRegistry(directory, access, clock);
  }

  /** {@code host:port}, as references begin with it. */
  public String host() {
    return server.host();
  }

  /** The {@code host:port} that blobs are redirected to. */
  public String blobHost() {
    return blobHost.host();
  }

  /** What it serves. */
  public OciLayout layout() {
    return layout;
  }

  /** The requests to both hosts. */
  public RequestLog log() {
    return log;
  }

  /** Lets every request that the fault is about fail. */
  public void inject(Fault fault) {
    inject(fault, Integer.MAX_VALUE);
  }

  /** Lets the next requests that the fault is about fail. */
  public void inject(Fault fault, int times) {
    inject(fault, times, request -> true);
  }

  /** Lets the next requests fail that the fault is about and that match. */
  public void inject(Fault fault, int times, Predicate<LoggedRequest> where) {
    plan.add(fault, times, where);
  }

  /** Ends all faults. */
  public void heal() {
    plan.clear();
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    try (blobHost) {
      server.close();
    }
  }
}
