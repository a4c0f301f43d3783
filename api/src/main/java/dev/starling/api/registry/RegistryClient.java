package dev.starling.api.registry;

import dev.starling.api.reference.RegistryReference;
import dev.starling.api.registry.auth.ConfiguredKeychain;
import dev.starling.api.registry.auth.Keychain;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The way to registries: their connections, logins and tokens, and the bound on parallel transfers.
 * Sources and sinks of one client share them. Thread-safe; closing it closes its sources and sinks,
 * whose transfers then end with an exception.
 */
public final class RegistryClient implements AutoCloseable {

  private final HttpClients clients;
  private final Wire wire;
  private final Set<CallScope> scopes = ConcurrentHashMap.newKeySet();

  RegistryClient(RegistryConfig config, Keychain keychain, Timing timing) throws IOException {
    this.clients = new HttpClients(config);
    Caller caller = new Caller(clients, config.userAgent());
    Retrier retrier = new Retrier(config.retries(), timing);
    Authorizer authorizer =
        new Authorizer(keychain, new TokenService(caller, retrier, timing.clock()), timing.clock());
    this.wire =
        new Wire(
            new Exchange(caller, authorizer),
            new Refusals(authorizer, timing.clock()),
            retrier,
            new EndpointResolver(config, timing.clock()),
            new TransferPermits(config.maxParallelTransfers()),
            new TransferPermits(config.maxParallelTransfers()),
            config.uploadChunkSize());
  }

  /**
   * A client with the logins of the configured environment's files.
   *
   * @throws IOException if a proxy of the environment is unusable
   */
  public static RegistryClient open(RegistryConfig config) throws IOException {
    return open(config, ConfiguredKeychain.of(config.environment(), config.home()));
  }

  /** A client with the logins of this keychain. */
  public static RegistryClient open(RegistryConfig config, Keychain keychain) throws IOException {
    return new RegistryClient(config, keychain, Timing.SYSTEM);
  }

  /**
   * The repository that the reference names, for reading. Nothing is sent yet. A reference with
   * {@code http://} to another than a loopback host fails at its first use unless {@code http} or
   * the host's configuration allows it; a loopback host is spoken to over HTTP unless it answers
   * TLS or the reference says {@code https://}.
   *
   * @param http whether to speak HTTP; a reference with {@code https://} overrides it
   */
  public RegistrySource source(RegistryReference reference, boolean http) {
    return new RegistrySource(wire, reference, http, newScope());
  }

  /** The repository that the reference names, for writing; {@code http} as for a source. */
  public RegistrySink sink(RegistryReference reference, boolean http) {
    return new RegistrySink(wire, reference, http, newScope());
  }

  /**
   * Whether a loopback host is spoken to without TLS, that is, unless it answers TLS. Asks the host
   * once; false for all hosts that are not loopback.
   *
   * @param host {@code host[:port]}
   */
  public boolean speaksHttp(String host) throws IOException {
    return wire.resolver().isLoopback(host) && wire.resolver().loopbackSpeaksHttp(host);
  }

  private CallScope newScope() {
    CallScope scope =
        new CallScope(closing -> {
          wire.downloads().wake();
          wire.uploads().wake();
          scopes.remove(closing);
        });
    scopes.add(scope);
    return scope;
  }

  @Override
  public void close() {
    scopes.forEach(CallScope::close);
    clients.close();
  }
}
