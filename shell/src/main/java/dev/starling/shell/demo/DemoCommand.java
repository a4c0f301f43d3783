package dev.starling.shell.demo;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandException;
import dev.starling.api.command.StarlingCommand;
import dev.starling.api.command.StarlingDirectories;
import dev.starling.api.job.Cancellation;
import dev.starling.shell.config.Settings;
import dev.starling.shell.files.FolderTree;
import dev.starling.shell.host.CommandHost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** The {@code demo} command. */
@Command(
    name = "demo",
    description = "Make, convert, optimize, pull and run an image, all on this machine.",
    footer = {
      "",
      "Needs no network and removes what it makes. Running the image needs root, runc and FUSE;",
      "what this machine does not allow is left out and said.",
      "",
      "Example:",
      "  starling demo",
      "",
      "See also: help start, convert, optimize, run"
    })
public final class DemoCommand implements StarlingCommand<DemoResult> {

  private final CommandHost host;

  /**
   * @param host runs the demo's commands
   */
  public DemoCommand(CommandHost host) {
    this.host = host;
  }

  @Override
  public DemoResult run(CommandContext context) throws Exception {
    requireArchiver();
    sweep(context);
    try (DemoFolder folder = DemoFolder.create()) {
      CommandHost ofDemo = host.with(settings(folder.path()));
      try (Cancellation.Registration _ = context.cancellation().onRequest(ofDemo::cancelJob)) {
        return new Demo(ofDemo, context).run(folder.path(), ImageMaker.folders());
      }
    }
  }

  /** Removes what demos left that were killed, their daemons first. */
  private void sweep(CommandContext context) throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
    for (Path folder : DemoFolder.left(temporary)) {
      try {
        host.with(settings(folder)).call("snapshotter", Map.of("stop", true), List.of(), true);
        FolderTree.delete(folder);
      } catch (Exception e) {
        context.log().warn("what an earlier demo left in " + folder + " cannot be removed: " + e);
      }
    }
  }

  /** The library that the demo makes its image with is on the path of the command only. */
  private static void requireArchiver() throws CommandException {
    ModuleLayer layer = DemoCommand.class.getModule().getLayer();
    if (layer != null && layer.findModule("org.apache.commons.compress").isEmpty()) {
      throw new CommandException(
          "the demo is a command of its own, not for the shell or scripts; run: starling demo");
    }
  }

  /** The same but for the store and all else that is kept: that is the demo's own. */
  private Settings settings(Path folder) {
    Settings given = host.settings();
    return new Settings(
        new StarlingDirectories(
            folder.resolve("data"), folder.resolve("run"), given.directories().config()),
        given.parallelTransfers(),
        given.hosts());
  }
}
