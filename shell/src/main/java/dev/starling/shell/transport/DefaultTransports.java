package dev.starling.shell.transport;

import dev.starling.api.command.CommandException;
import dev.starling.api.content.ImageSink;
import dev.starling.api.content.ImageSource;
import dev.starling.api.content.ImageStore;
import dev.starling.api.content.Transports;
import dev.starling.api.layout.LocalImageStore;
import dev.starling.api.layout.OciLayout;
import dev.starling.api.reference.LayoutReference;
import dev.starling.api.reference.Reference;
import dev.starling.api.reference.RegistryReference;
import dev.starling.api.registry.RegistryClient;
import dev.starling.shell.config.HostSettings;
import dev.starling.shell.host.TransportsFactory;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One job's way to registries, layouts and the local image store. Thread-safe. */
final class DefaultTransports implements Transports {

  /** The process's registry clients, made at the first call. */
  @FunctionalInterface
  interface Clients {

    /**
     * The client for some logins.
     *
     * @param logins the variables that say where logins are, or null for this process's
     */
    RegistryClient get(@Nullable Map<String, String> logins) throws IOException;
  }

  private final TransportsFactory.Job job;
  private final Clients clients;
  private final @Nullable Map<String, String> logins;
  private final LocalImageStore store;

  DefaultTransports(TransportsFactory.Job job, Clients clients) {
    this(job, clients, null);
  }

  private DefaultTransports(
      TransportsFactory.Job job, Clients clients, @Nullable Map<String, String> logins) {
    this.job = job;
    this.clients = clients;
    this.logins = logins;
    this.store = new LocalImageStore(job.settings().directories().images());
  }

  @Override
  public Transports withLogins(Map<String, String> variables) {
    return new DefaultTransports(job, clients, Map.copyOf(variables));
  }

  private RegistryClient client() throws IOException {
    return clients.get(logins);
  }

  @Override
  public ImageSource source(Reference reference, Http http) throws IOException {
    return switch (reference) {
      case LayoutReference layout -> OciLayout.source(layout);
      case RegistryReference registry -> {
        requireAllowed(registry, http);
        yield client().source(registry, speaksHttp(registry, http)).endWith(job.cancellation());
      }
    };
  }

  @Override
  public ImageSink sink(Reference reference, Http http) throws IOException {
    return switch (reference) {
      case LayoutReference layout -> OciLayout.sink(layout);
      case RegistryReference registry -> {
        requireAllowed(registry, http);
        yield client().sink(registry, speaksHttp(registry, http)).endWith(job.cancellation());
      }
    };
  }

  @Override
  public ImageStore store() {
    return store;
  }

  @Override
  public int parallelTransfers() {
    return job.settings().parallelTransfers();
  }

  private static boolean speaksHttp(RegistryReference reference, Http http) {
    return http.plainHttp()
        && (reference.isHttp() || (!reference.hasScheme() && http.bareIsHttp()));
  }

  /** Here rather than at the first request, so that the message can name the whole reference. */
  private void requireAllowed(RegistryReference reference, Http http) throws IOException {
    HostSettings settings = job.settings().hosts().get(reference.host());
    if (reference.isHttp()
        && !http.plainHttp()
        && (settings == null || !settings.plainHttp())
        && !client().speaksHttp(reference.host())) {
      throw new CommandException(
          "%s would go over HTTP, without encryption; allow it with --plain-http, or write https://"
              .formatted(reference));
    }
  }
}
