package dev.starling.snapshot;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandModel;
import dev.starling.api.command.DescribedCommand;
import dev.starling.api.command.ImageReferences;
import dev.starling.snapshot.control.ControlClient;
import dev.starling.snapshot.daemon.Calls;
import dev.starling.snapshot.daemon.Calls.Fetching;
import dev.starling.snapshot.daemon.DaemonProcess;
import java.io.IOException;
import java.util.List;

/** The {@code rpull} command. */
public final class RpullCommand implements DescribedCommand<RpullResult> {

  private String image = "";

  private final ImageOptions options = new ImageOptions();

  @Override
  public void describe(CommandModel model) {
    model
        .description("Make an image available without downloading it: mount its layers lazily.")
        .footer(
            "",
            "Each layer becomes a FUSE mount of its own, served by the daemon, which is started if it",
            "does not run. What is read is fetched then; a layer that is not lazily readable is fetched",
            "whole first. With --plain-http a reference without a scheme is reached by HTTP.",
            "",
            "Example:",
            "  starling rpull --plain-http registry.example:5000/app:1.0-esgz",
            "",
            "See also: run, mount, unmount, status, help lazy")
        .parameter(
            "REF",
            new ImageReferences(),
            given -> image = given,
            "The image, in a registry or layout.");
    options.addTo(model);
  }

  @Override
  public RpullResult run(CommandContext context) throws IOException, InterruptedException {
    Calls.Pull call = new Calls.Pull(options.access(image));
    FetchingLines lines = new FetchingLines(context);
    Calls.Pulled pulled = pull(context, call, lines);
    LazinessWarnings.tell(pulled.layers(), context.log());
    List<Fetching> fetched = lines.seen();
    return new RpullResult(pulled.reference(), pulled.digest(), fetched, pulled.layers());
  }

  private static Calls.Pulled pull(CommandContext context, Calls.Pull call, FetchingLines lines)
      throws IOException, InterruptedException {
    ControlClient daemon = DaemonProcess.ensure(context);
    try (WaitingLines waiting = WaitingLines.start(context.log(), call.access().reference())) {
      return daemon.call(Calls.PULL, call, waiting.before(lines));
    }
  }
}
