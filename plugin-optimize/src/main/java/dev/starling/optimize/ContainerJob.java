package dev.starling.optimize;

import dev.starling.api.command.CommandContext;
import dev.starling.api.image.ImageConfig;
import dev.starling.optimize.bundle.ImageDefaults;
import dev.starling.optimize.runtime.HostTerminal;
import dev.starling.optimize.runtime.RunOutcome;
import dev.starling.optimize.runtime.Streams;
import dev.starling.optimize.session.Container;
import dev.starling.optimize.session.OverlayRoot;
import dev.starling.optimize.session.Session;
import dev.starling.optimize.workload.Workload;
import dev.starling.snapshot.client.HeldImage;
import dev.starling.snapshot.client.ImageRequest;
import dev.starling.snapshot.client.LazyImages;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A container from the daemon's mounts, from the first folder to the last.
 *
 * @param id its name
 * @param image what it is made from
 * @param workload what it runs
 * @param runtime by which OCI runtime, a name or a path
 */
record ContainerJob(String id, ImageRequest image, Workload workload, String runtime) {

  /**
   * Runs it to its end and leaves nothing of it.
   *
   * @throws IOException if it could not be run
   */
  RunResult run(CommandContext context) throws IOException, InterruptedException {
    try (HostTerminal _ = workload.terminal() ? HostTerminal.take() : null;
        HeldImage held = LazyImages.hold(context, image);
        Session session = Session.open(context.directories(), id, context.log())) {
      OverlayRoot root = OverlayRoot.mount(session, held.directories());
      return run(session, root, held.config(), held.digest(), context);
    }
  }

  /**
   * Runs it in a root file system.
   *
   * @param session of its name
   * @param config the image's
   * @param digest of the image's manifest or index
   */
  RunResult run(
      Session session, OverlayRoot root, ImageConfig config, String digest, CommandContext context)
      throws IOException {
    Container container =
        Container.prepare(session, root.directory(), ImageDefaults.of(config), workload, runtime);
    @Nullable OutputStream caller = context.rawOutput();
    BoundedOutput output = new BoundedOutput();
    Streams streams =
        workload.terminal()
            ? new Streams.Inherited()
            : new Streams.Watched(
                caller == null ? output : caller,
                new FileOutputStream(FileDescriptor.err),
                workload.interactive());
    try (ForwardedSignals signals =
        new ForwardedSignals(container.signals(), context.cancellation(), context.log())) {
      RunOutcome outcome =
          container.run(List.of(), streams, new CompletableFuture<>(), context.cancellation());
      int exitCode =
          switch (outcome) {
            case RunOutcome.Ended ended -> signals.exitCode(ended.exitCode());
            case RunOutcome.Stopped stopped ->
                throw new IllegalStateException("no rule was given, but held: " + stopped.rule());
          };
      return new RunResult(id, image.reference().toString(), digest, exitCode, output.text());
    }
  }
}
