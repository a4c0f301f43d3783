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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes all jobs' transports over one registry client for each set of logins. Thread-safe. */
public final class DefaultTransportsFactory implements TransportsFactory {

  /** Which variables say where logins are; the others are this process's in any case. */
  private static final Set<String> LOGINS =
      Set.of("DOCKER_CONFIG", "REGISTRY_AUTH_FILE", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME");

  private final Map<Map<String, String>, RegistryClient> clients = new HashMap<>();

  /** For the service loader. */
  public DefaultTransportsFactory() {}

  @Override
  public Transports open(Job job) {
    return new DefaultTransports(job, logins -> client(job.settings(), logins));
  }

  /** Made when a registry is first spoken to: most commands of a shell never do. */
  private synchronized RegistryClient client(
      Settings settings, @Nullable Map<String, String> logins) throws IOException {
    Map<String, String> environment = new HashMap<>(System.getenv());
    if (logins != null) {
      environment.keySet().removeAll(LOGINS);
      logins.keySet().stream()
          .filter(LOGINS::contains)
          .forEach(name -> environment.put(name, logins.get(name)));
    }
    RegistryClient open = clients.get(environment);
    if (open == null) {
      open = RegistryClient.open(config(settings, environment));
      clients.put(environment, open);
    }
    return open;
  }

  private static RegistryConfig config(Settings settings, Map<String, String> environment) {
    Map<String, HostConfig> hosts = new HashMap<>();
    settings.hosts().forEach((host, values) -> hosts.put(host, hostConfig(values)));
    return RegistryConfig.of(environment, Path.of(System.getProperty("user.home", "/")))
        .withHosts(hosts)
        .withMaxParallelTransfers(settings.parallelTransfers());
  }

  private static HostConfig hostConfig(HostSettings settings) {
    return new HostConfig(
        settings.mirrors(), settings.plainHttp(), settings.caFile(), settings.headers());
  }

  @Override
  public synchronized void close() {
    clients.values().forEach(RegistryClient::close);
  }
}
