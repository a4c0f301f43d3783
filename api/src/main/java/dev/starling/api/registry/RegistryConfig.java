package dev.starling.api.registry;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How registries are reached. Immutable; {@link #of} gives the defaults, the {@code with} methods
 * variants of them.
 *
 * @param hosts what is special about some hosts, by {@code host[:port]} as references write it
 * @param maxParallelTransfers how many blobs are downloaded at once, and how many uploaded, 1 or
 *     more
 * @param userAgent the User-Agent header
 * @param connectTimeout how long making a connection may take
 * @param idleTimeout how long a connection may stay silent before it counts as broken
 * @param uploadChunkSize the size of an upload's pieces in bytes, or 0 to send a blob in one
 * @param retries how failures are retried
 * @param environment the process's environment: proxies, DOCKER_CONFIG, REGISTRY_AUTH_FILE,
 *     XDG_RUNTIME_DIR, XDG_CONFIG_HOME, and PATH for credential helpers
 * @param home the user's home directory
 */
public record RegistryConfig(
    Map<String, HostConfig> hosts,
    int maxParallelTransfers,
    String userAgent,
    Duration connectTimeout,
    Duration idleTimeout,
    long uploadChunkSize,
    RetryPolicy retries,
    Map<String, String> environment,
    Path home) {

  private static final int DEFAULT_TRANSFERS = 4;

  /** Takes copies, and requires bounds that make sense. */
  public RegistryConfig {
    hosts = Map.copyOf(hosts);
    environment = Map.copyOf(environment);
    if (maxParallelTransfers < 1) {
      throw new IllegalArgumentException(
          "at least one transfer at a time is needed, not " + maxParallelTransfers);
    }
    if (uploadChunkSize < 0) {
      throw new IllegalArgumentException("an upload's pieces cannot have " + uploadChunkSize);
    }
    if (connectTimeout.isNegative() || idleTimeout.isNegative()) {
      throw new IllegalArgumentException("a timeout must not be negative");
    }
  }

  /** The defaults for this environment and home directory. */
  public static RegistryConfig of(Map<String, String> environment, Path home) {
    return new RegistryConfig(
        Map.of(),
        DEFAULT_TRANSFERS,
        "starling",
        Duration.ofSeconds(20),
        Duration.ofSeconds(60),
        0,
        RetryPolicy.DEFAULT,
        environment,
        home);
  }

  /** What is special about the host; {@link HostConfig#DEFAULT} if nothing is. */
  public HostConfig host(String host) {
    return hosts.getOrDefault(host, HostConfig.DEFAULT);
  }

  /** The same with this for one host. */
  public RegistryConfig withHost(String host, HostConfig config) {
    Map<String, HostConfig> newHosts = new HashMap<>(hosts);
    newHosts.put(host, config);
    return withHosts(newHosts);
  }

  /** The same with these hosts and no others. */
  public RegistryConfig withHosts(Map<String, HostConfig> newHosts) {
    return new RegistryConfig(
        newHosts,
        maxParallelTransfers,
        userAgent,
        connectTimeout,
        idleTimeout,
        uploadChunkSize,
        retries,
        environment,
        home);
  }

  /** The same with this bound on parallel transfers. */
  public RegistryConfig withMaxParallelTransfers(int transfers) {
    return new RegistryConfig(
        hosts,
        transfers,
        userAgent,
        connectTimeout,
        idleTimeout,
        uploadChunkSize,
        retries,
        environment,
        home);
  }

  /** The same under another name, for example {@code starling/1.0}. */
  public RegistryConfig withUserAgent(String agent) {
    return new RegistryConfig(
        hosts,
        maxParallelTransfers,
        agent,
        connectTimeout,
        idleTimeout,
        uploadChunkSize,
        retries,
        environment,
        home);
  }

  /** The same with these timeouts. */
  public RegistryConfig withTimeouts(Duration connect, Duration idle) {
    return new RegistryConfig(
        hosts,
        maxParallelTransfers,
        userAgent,
        connect,
        idle,
        uploadChunkSize,
        retries,
        environment,
        home);
  }

  /** The same with uploads in pieces of this many bytes, 0 for whole blobs. */
  public RegistryConfig withUploadChunkSize(long bytes) {
    return new RegistryConfig(
        hosts,
        maxParallelTransfers,
        userAgent,
        connectTimeout,
        idleTimeout,
        bytes,
        retries,
        environment,
        home);
  }

  /** The same with this retry policy. */
  public RegistryConfig withRetries(RetryPolicy policy) {
    return new RegistryConfig(
        hosts,
        maxParallelTransfers,
        userAgent,
        connectTimeout,
        idleTimeout,
        uploadChunkSize,
        policy,
        environment,
        home);
  }

  /** Without the environment, which may hold a proxy's password. */
  @Override
  public String toString() {
    return "RegistryConfig[hosts=%s, maxParallelTransfers=%d, retries=%s]"
        .formatted(hosts, maxParallelTransfers, retries);
  }
}
