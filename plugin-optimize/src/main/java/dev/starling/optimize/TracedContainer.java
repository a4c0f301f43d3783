package dev.starling.optimize;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandException;
import dev.starling.api.content.ImageSource;
import dev.starling.api.content.Transports;
import dev.starling.api.image.Platform;
import dev.starling.api.reference.Reference;
import dev.starling.optimize.runtime.HostTerminal;
import dev.starling.optimize.session.OverlayRoot;
import dev.starling.optimize.session.Session;
import dev.starling.optimize.trace.Access;
import dev.starling.optimize.trace.TracedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A container whose reads of its image are recorded: over mounts of this process's own, since those
 * of the daemon tell neither who reads them nor what the kernel has of them already.
 *
 * @param job the container
 * @param file where the record is written, one file a line, as {@code --estargz-record-in} takes it
 */
record TracedContainer(ContainerJob job, Path file) {

  /**
   * Runs it to its end and writes the record, whatever its exit code.
   *
   * @throws IOException if it could not be run, or the record cannot be written
   */
  RunResult run(CommandContext context) throws IOException {
    Reference name = job.image().reference();
    Transports.Http http = new Transports.Http(job.image().plainHttp(), true);
    try (HostTerminal _ = job.workload().terminal() ? HostTerminal.take() : null;
        ImageSource source = context.transports().source(name, http)) {
      NativeImage image = NativeImage.find(source, name.selector());
      if (image == null) {
        throw new CommandException(name + " has no image for " + Platform.host());
      }
      // What is fetched must be there for longer than the mounts, so it has a session of its own.
      try (Session fetched =
              Session.open(context.directories(), "trace-" + job.id(), context.log());
          TracedImage traced =
              TracedImage.open(
                  source,
                  name,
                  image.layerDescriptors(),
                  fetched.folder().resolve("cache"),
                  context.log(),
                  context.cancellation())) {
        return run(image, traced, context);
      }
    }
  }

  private RunResult run(NativeImage image, TracedImage traced, CommandContext context)
      throws IOException {
    try (Session session = Session.open(context.directories(), job.id(), context.log())) {
      OverlayRoot root = OverlayRoot.mount(session, traced.mount(session));
      traced.recorder().begin();
      RunResult result =
          job.run(session, root, image.config(), image.raw().digest().toString(), context);
      List<Integer> places = image.layers();
      List<Access> accesses =
          traced.recorder().accesses().stream()
              .map(access -> access.inLayer(places.get(access.layer())))
              .toList();
      TraceFile.write(file, TraceFile.Form.CTR_REMOTE, image.raw().digest(), accesses);
      context.log().info("%d files were read; see %s".formatted(accesses.size(), file));
      return result;
    }
  }
}
