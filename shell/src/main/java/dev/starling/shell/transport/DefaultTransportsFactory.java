package dev.starling.shell.transport;

import dev.starling.api.content.Transports;
import dev.starling.api.registry.HostConfig;
import dev.starling.api.registry.RegistryClient;
import dev.starling.api.registry.RegistryConfig;
import dev.starling.shell.config.HostSettings;
import dev.starling.shell.config.Settings;
import dev.starling.shell.host.TransportsFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes each job's transports over one registry client. Thread-safe. */
public final class DefaultTransportsFactory implements TransportsFactory {

  private @Nullable RegistryClient client;

  /** For the service loader. */
  public DefaultTransportsFactory() {}

  @Override
  public Transports open(Job job) {
    return new DefaultTransports(job, () -> client(job.settings()));
  }

  /** Made when a registry is first spoken to: most commands of a shell never do. */
  private synchronized RegistryClient client(Settings settings) throws IOException {
    RegistryClient open = client;
    if (open == null) {
      open = RegistryClient.open(config(settings));
      client = open;
    }
    return open;
  }

  private static RegistryConfig config(Settings settings) {
    Map<String, HostConfig> hosts = new HashMap<>();
    settings.hosts().forEach((host, values) -> hosts.put(host, hostConfig(values)));
    return RegistryConfig.of(System.getenv(), Path.of(System.getProperty("user.home", "/")))
        .withHosts(hosts)
        .withMaxParallelTransfers(settings.parallelTransfers());
  }

  private static HostConfig hostConfig(HostSettings settings) {
    return new HostConfig(
        settings.mirrors(), settings.plainHttp(), settings.caFile(), settings.headers());
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
    }
  }
}
