package dev.starling.snapshot;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.FileNames;
import dev.starling.api.command.ImageReferences;
import dev.starling.api.command.StarlingCommand;
import dev.starling.snapshot.control.ControlClient;
import dev.starling.snapshot.daemon.Calls;
import dev.starling.snapshot.daemon.DaemonProcess;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The {@code mount} command. */
@Command(
    name = "mount",
    description = "Mount an image's root file system lazily.",
    footer = {
      "",
      "One FUSE mount that shows all layers as one tree, read-only unless --rw is given. It is",
      "served by the daemon, which is started if it does not run, and stays until `starling",
      "unmount DIR`. What was written under --rw goes with it.",
      "",
      "Example:",
      "  starling mount registry.example/app:1.0-esgz /mnt",
      "",
      "See also: unmount, rpull, status, help lazy"
    })
public final class MountCommand implements StarlingCommand<MountResult> {

  @Parameters(
      index = "0",
      paramLabel = "REF",
      completionCandidates = ImageReferences.class,
      description = "The image, in a registry or layout.")
  private String image = "";

  @Parameters(
      index = "1",
      paramLabel = "DIR",
      completionCandidates = FileNames.class,
      description = "An empty directory; made if missing.")
  private String directory = "";

  @Option(
      names = "--rw",
      description = "Allow changes, kept above the image until it is unmounted. For root.")
  private boolean writable;

  @Mixin private ImageOptions options = new ImageOptions();

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
      return daemon.call(Calls.MOUNT, call, Calls.MountedImage.class, waiting.before(_ -> {}));
    }
  }
}
