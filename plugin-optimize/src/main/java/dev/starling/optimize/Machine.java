package dev.starling.optimize;

import dev.starling.api.command.CommandException;
import dev.starling.fuse.FuseServer;
import dev.starling.fuse.FuseUnavailableException;
import dev.starling.fuse.MountPoints;
import dev.starling.optimize.runtime.OciRuntime;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a machine must have to run a container over lazy layers. */
final class Machine {

  private Machine() {}

  /**
   * Looks before anything is fetched.
   *
   * @param runtime the program that runs containers
   * @param otherwise what can be done without, put after what is missing; may be empty
   * @throws CommandException in one line, with the first thing that is missing and how to get it
   */
  static void require(String runtime, String otherwise) throws CommandException {
    try {
      require(runtime);
    } catch (CommandException | FuseUnavailableException e) {
      throw new CommandException(
          "cannot run the image: " + e.getMessage() + (otherwise.isEmpty() ? "" : "; " + otherwise),
          e);
    }
  }

  private static void require(String runtime) throws CommandException, FuseUnavailableException {
    if (!MountPoints.isRoot()) {
      throw new CommandException("that needs root (sudo)");
    }
    OciRuntime.find(runtime, Path.of("/"));
    if (!Files.exists(Path.of("/dev/fuse"))) {
      throw new CommandException(
          "there is no /dev/fuse (modprobe fuse; a container must be given the device)");
    }
    FuseServer.libfuse();
  }
}
