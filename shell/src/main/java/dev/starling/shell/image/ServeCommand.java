package dev.starling.shell.image;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.StarlingCommand;
import dev.starling.api.command.UsageException;
import dev.starling.api.job.Cancellation;
import dev.starling.api.layout.OciLayout;
import dev.starling.api.serve.RegistryServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The {@code registry serve} command. */
@Command(
    name = "serve",
    description = "Serve a directory as a registry on 127.0.0.1, until Ctrl-C.",
    footer = {
      "",
      "The directory is an OCI image layout, made if missing. There is no access control: only",
      "this machine can reach the registry.",
      "",
      "Example:",
      "  starling registry serve --dir /srv/images --port 5000",
      "",
      "See also: push, help names"
    })
public final class ServeCommand implements StarlingCommand<ServeResult> {

  private static final int MAX_PORT = 65_535;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "The layout. Default: the directory registry beside the local image store.")
  private @Nullable Path directory;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "5000",
      description = "The port, or 0 for a free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Override
  public ServeResult run(CommandContext context) throws IOException {
    if (port < 0 || port > MAX_PORT) {
      throw new UsageException("--port " + port + ": expected 0 to " + MAX_PORT);
    }
    Path served =
        directory == null
            ? context.directories().data().resolve("registry")
            : directory.toAbsolutePath().normalize();
    InetSocketAddress wanted = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    CountDownLatch ended = new CountDownLatch(1);
    Cancellation.Registration registration = context.cancellation().onRequest(ended::countDown);
    try (RegistryServer server =
        RegistryServer.start(OciLayout.create(served), wanted, List.of())) {
      String address = server.host();
      context
          .log()
          .info(
              "serving %s at %s until Ctrl-C; next: starling push IMAGE %s/NAME:TAG"
                  .formatted(served, address, address));
      await(ended);
      return new ServeResult(served, address);
    } finally {
      registration.close();
    }
  }

  private static void await(CountDownLatch ended) {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the host interrupts a job that it ends
    }
  }
}
