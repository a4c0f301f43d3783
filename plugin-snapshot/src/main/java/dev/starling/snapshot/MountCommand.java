package dev.starling.snapshot;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandModel;
import dev.starling.api.command.DescribedCommand;
import dev.starling.api.command.FileNames;
import dev.starling.api.command.ImageReferences;
import dev.starling.snapshot.control.ControlClient;
import dev.starling.snapshot.daemon.Calls;
import dev.starling.snapshot.daemon.DaemonProcess;
import java.io.IOException;

/** The {@code mount} command. */
public final class MountCommand implements DescribedCommand<MountResult> {

  private String image = "";

  private String directory = "";

  private boolean writable;

  private final ImageOptions options = new ImageOptions();

  @Override
  public void describe(CommandModel model) {
    model
        .description("Mount an image's root file system lazily.")
        .footer(
            "",
            "One FUSE mount that shows all layers as one tree, read-only unless --rw is given. It is",
            "served by the daemon, which is started if it does not run, and stays until `starling",
            "unmount DIR`. What was written under --rw goes with it.",
            "",
            "Example:",
            "  starling mount registry.example/app:1.0-esgz /mnt",
            "",
            "See also: unmount, rpull, status, help lazy")
        .parameter(
            "REF",
            new ImageReferences(),
            given -> image = given,
            "The image, in a registry or layout.")
        .parameter(
            "DIR",
            new FileNames(),
            given -> directory = given,
            "An empty directory; made if missing.")
        .flag(
            "--rw",
            given -> writable = given,
            "Allow changes, kept above the image until it is unmounted. For root.");
    options.addTo(model);
  }

  @Override
  public MountResult run(CommandContext context) throws IOException, InterruptedException {
    Calls.MountImage call =
        new Calls.MountImage(
            options.access(image), ImageOptions.absolute(directory).toString(), writable);
    Calls.MountedImage mounted = mount(context, call);
    LazinessWarnings.tell(mounted.layers(), context.log());
    return new MountResult(
        mounted.id(), call.access().reference(), mounted.digest(), mounted.directory(), writable);
  }

  private static Calls.MountedImage mount(CommandContext context, Calls.MountImage call)
      throws IOException, InterruptedException {
    ControlClient daemon = DaemonProcess.ensure(context);
    try (WaitingLines waiting = WaitingLines.start(context.log(), call.access().reference())) {
      return daemon.call(Calls.MOUNT, call, waiting.before(_ -> {}));
    }
  }
}
