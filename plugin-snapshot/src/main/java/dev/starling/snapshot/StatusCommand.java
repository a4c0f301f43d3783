package dev.starling.snapshot;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandModel;
import dev.starling.api.command.DescribedCommand;
import dev.starling.snapshot.control.ControlClient;
import dev.starling.snapshot.daemon.Calls;
import dev.starling.snapshot.daemon.DaemonProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** The {@code status} command. */
public final class StatusCommand implements DescribedCommand<StatusResult> {

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final String CLEAR = "\u001b[H\u001b[2J";

  private boolean watch;

  @Override
  public void describe(CommandModel model) {
    model
        .description("Show what is mounted and how much of it has been fetched.")
        .footer(
            "",
            "Example:",
            "  starling status --watch",
            "",
            "See also: rpull, cache ls, snapshotter, help lazy")
        .flag("--watch", given -> watch = given, "Show it anew every second, until Ctrl-C.");
  }

  @Override
  public StatusResult run(CommandContext context) throws IOException, InterruptedException {
    StatusResult result = ask(context);
    OutputStream raw = context.rawOutput();
    if (watch && raw != null) {
      PrintWriter out = new PrintWriter(new OutputStreamWriter(raw, StandardCharsets.UTF_8));
      while (!context.cancellation().isRequested()) {
        out.print(CLEAR);
        result.writeText(out);
        out.flush();
        Thread.sleep(PAUSE);
        result = ask(context);
      }
    }
    return result;
  }

  private static StatusResult ask(CommandContext context) throws IOException {
    ControlClient client = DaemonProcess.client(context);
    if (!client.isAnswered()) {
      return new StatusResult(false, 0, List.of(), List.of());
    }
    Calls.Status status = client.call(Calls.STATUS, new Calls.Nothing(), _ -> {});
    return new StatusResult(true, status.pid(), status.images(), status.mounts());
  }
}
