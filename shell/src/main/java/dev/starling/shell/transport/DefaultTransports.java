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
import java.io.Closeable;
import java.io.IOException;

/** One job's way to registries, layouts and the local image store. Thread-safe. */
final class DefaultTransports implements Transports {

  /** The process's registry client, made at the first call. */
  @FunctionalInterface
  interface Client {
    RegistryClient get() throws IOException;
  }

  private final TransportsFactory.Job job;
  private final Client client;
  private final LocalImageStore store;

  DefaultTransports(TransportsFactory.Job job, Client client) {
    this.job = job;
    this.client = client;
    this.store = new LocalImageStore(job.settings().directories().images());
  }

  @Override
  public ImageSource source(Reference reference, Http http) throws IOException {
    return switch (reference) {
      case LayoutReference layout -> OciLayout.source(layout);
      case RegistryReference registry -> {
        requireAllowed(registry, http);
        yield endWithJob(client.get().source(registry, speaksHttp(registry, http)));
      }
    };
  }

  @Override
  public ImageSink sink(Reference reference, Http http) throws IOException {
    return switch (reference) {
      case LayoutReference layout -> OciLayout.sink(layout);
      case RegistryReference registry -> {
        requireAllowed(registry, http);
        yield endWithJob(client.get().sink(registry, speaksHttp(registry, http)));
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
        && !client.get().speaksHttp(reference.host())) {
      throw new CommandException(
          "%s would go over HTTP, without encryption; allow it with --plain-http, or write https://"
              .formatted(reference));
    }
  }

  private <T extends Closeable> T endWithJob(T transfers) {
    job.cancellation()
        .onRequest(() -> {
          try {
            transfers.close();
          } catch (IOException e) {
            job.log().debug("ending transfers: " + e.getMessage());
          }
        });
    return transfers;
  }
}
