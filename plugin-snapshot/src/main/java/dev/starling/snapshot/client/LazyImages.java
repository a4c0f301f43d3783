package dev.starling.snapshot.client;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandException;
import dev.starling.api.image.ImageConfig;
import dev.starling.snapshot.control.Answer;
import dev.starling.snapshot.daemon.Calls;
import dev.starling.snapshot.daemon.DaemonProcess;
import dev.starling.snapshot.daemon.DaemonState.Access;
import dev.starling.snapshot.daemon.Logins;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/** Images that the daemon mounts. Thread-safe. */
public final class LazyImages {

  private LazyImages() {}

  /**
   * Has an image's layers mounted and keeps them so. An image that was pulled before, by {@code
   * rpull} or by this, is taken as it is, without asking its registry; what is not lazily readable
   * is fetched whole first and said. Interrupting the thread cancels it.
   *
   * @throws CommandException if the daemon cannot be started, or says that the image cannot be
   *     resolved, opened or mounted, with its words
   * @throws IOException if the daemon went away
   */
  public static HeldImage hold(CommandContext context, ImageRequest request)
      throws IOException, InterruptedException {
    Calls.Pull call =
        new Calls.Pull(
            new Access(
                request.reference().toString(),
                request.plainHttp(),
                request.platform(),
                request.skipContentVerify(),
                request.backgroundFetch(),
                Logins.ofThisProcess()));
    AtomicBoolean fetched = new AtomicBoolean();
    Answer<Calls.Held> answer =
        DaemonProcess.ensure(context).hold(Calls.HOLD, call, _ -> fetched.set(true));
    Closeable connection = Objects.requireNonNull(answer.held());
    boolean complete = false;
    try {
      HeldImage image = image(answer.result(), connection);
      for (HeldLayer layer : image.layers()) {
        if (fetched.get() && !layer.lazy()) {
          context
              .log()
              .warn(
                  "layer %s is not lazy: %s; it was fetched whole"
                      .formatted(layer.digest(), layer.kind()));
        }
      }
      complete = true;
      return image;
    } finally {
      if (!complete) {
        connection.close();
      }
    }
  }

  private static HeldImage image(Calls.Held held, Closeable connection) throws IOException {
    List<HeldLayer> layers =
        held.pulled().layers().stream()
            .map(layer ->
                new HeldLayer(
                    layer.digest(), Path.of(layer.directory()), layer.lazy(), layer.kind()))
            .toList();
    return new HeldImage(
        held.pulled().reference(),
        held.pulled().digest(),
        held.manifest(),
        ImageConfig.parse(held.config().getBytes(StandardCharsets.UTF_8)),
        layers,
        connection);
  }
}
