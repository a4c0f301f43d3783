package dev.starling.snapshot.daemon;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandException;
import dev.starling.api.command.StarlingDirectories;
import dev.starling.snapshot.control.ControlClient;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Finds the daemon of a data directory, and starts it when a command needs it. */
public final class DaemonProcess {

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final int LOG_TAIL = 5;

  private DaemonProcess() {}

  /** The daemon's socket, whether or not a daemon listens. */
  public static ControlClient client(CommandContext context) {
    return new ControlClient(DaemonPlaces.of(context.directories()).socket());
  }

  /**
   * A daemon that answers; started, detached from this process and its terminal, if there is none.
   *
   * @throws CommandException if it cannot be started, with what it said last
   */
  public static ControlClient ensure(CommandContext context)
      throws IOException, InterruptedException {
    ControlClient client = client(context);
    if (client.isAnswered()) {
      return client;
    }
    DaemonPlaces places = DaemonPlaces.of(context.directories());
    Files.createDirectories(places.snapshots());
    Process process = start(context, places.log());
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (!client.isAnswered()) {
      // With 0 it has found another one that is starting, too.
      boolean failed = !process.isAlive() && process.exitValue() != 0;
      if (failed || System.nanoTime() > end) {
        throw new CommandException("the daemon did not start: " + tail(places.log()));
      }
      Thread.sleep(PAUSE);
    }
    return client;
  }

  private static Process start(CommandContext context, Path log) throws IOException {
    List<String> program = context.program();
    if (program.isEmpty()) {
      throw new CommandException(
          "no daemon runs, and this program cannot start one; run `starling snapshotter`");
    }
    List<String> command = new ArrayList<>(program);
    command.add("snapshotter");
    // A session of its own: Ctrl-C in the terminal is not for the daemon.
    if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
      command.addFirst("/usr/bin/setsid");
    }
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(new File("/"))
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectErrorStream(true);
    builder.environment().put("STARLING_BUILD", "never");
    // It is this directory's daemon, wherever its own settings would have it.
    StarlingDirectories directories = context.directories();
    builder.environment().put("STARLING_DATA_DIR", directories.data().toAbsolutePath().toString());
    builder
        .environment()
        .put("STARLING_RUNTIME_DIR", directories.runtime().toAbsolutePath().toString());
    return builder.start();
  }

  private static String tail(Path log) throws IOException {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("; ", lines.subList(Math.max(0, lines.size() - LOG_TAIL), lines.size()))
          + " ("
          + log
          + ")";
    } catch (NoSuchFileException e) {
      return "it said nothing";
    }
  }
}
