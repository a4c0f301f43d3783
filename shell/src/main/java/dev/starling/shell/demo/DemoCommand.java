package dev.starling.shell.demo;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandException;
import dev.starling.api.command.StarlingCommand;
import dev.starling.api.command.StarlingDirectories;
import dev.starling.api.job.Cancellation;
import dev.starling.shell.config.Settings;
import dev.starling.shell.host.CommandHost;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
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
      "  starling demo"
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
    Path folder = Files.createTempDirectory("starling-demo-");
    CommandHost ofDemo = host.with(settings(folder));
    Cancellation.Registration registration = context.cancellation().onRequest(ofDemo::cancelJob);
    try {
      return new Demo(ofDemo, context).run(folder, ImageMaker.folders());
    } finally {
      registration.close();
      delete(folder);
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

  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
