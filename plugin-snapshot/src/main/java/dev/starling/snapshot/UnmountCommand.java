package dev.starling.snapshot;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandException;
import dev.starling.api.command.CommandModel;
import dev.starling.api.command.CommandResult;
import dev.starling.api.command.DescribedCommand;
import dev.starling.snapshot.control.ControlClient;
import dev.starling.snapshot.daemon.Calls;
import dev.starling.snapshot.daemon.DaemonProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.List;

/** The {@code unmount} command. */
public final class UnmountCommand implements DescribedCommand<UnmountCommand.Result> {

  private String target = "";

  /**
   * What was taken away.
   *
   * @param mounts the directories that are not mounted any more
   * @param images the images that are not available any more
   */
  public record Result(List<String> mounts, List<String> images) implements CommandResult {
    public Result {
      mounts = List.copyOf(mounts);
      images = List.copyOf(images);
    }

    @Override
    public void writeText(PrintWriter out) {
      mounts.forEach(directory -> out.println("unmounted " + directory));
      images.forEach(image -> out.println("dropped " + image));
    }
  }

  @Override
  public void describe(CommandModel model) {
    model
        .description("Take a mount, or an image and all its mounts, away.")
        .footer(
            "",
            "A layer that another image or mount uses stays. The cache keeps what was fetched; see",
            "`starling cache`.",
            "",
            "Examples:",
            "  starling unmount /mnt",
            "  starling unmount registry.example/app:1.0-esgz",
            "",
            "See also: mount, rpull, status, cache prune")
        .parameter(
            "TARGET",
            new MountNames(),
            given -> target = given,
            "A mount's directory or id, or an image.");
  }

  @Override
  public Result run(CommandContext context) throws IOException {
    ControlClient client = DaemonProcess.client(context);
    if (!client.isAnswered()) {
      throw new CommandException(
          "no daemon runs, so nothing of its is mounted; `starling mounts prune` clears away what a"
              + " dead one left");
    }
    boolean isPath = target.startsWith(".") || Files.isDirectory(ImageOptions.absolute(target));
    String name = isPath ? ImageOptions.absolute(target).toString() : target;
    Calls.Unmounted done = client.call(Calls.UNMOUNT, new Calls.Unmount(name), _ -> {});
    return new Result(done.mounts(), done.images());
  }
}
