package dev.starling.optimize.session;

import dev.starling.api.command.CommandException;
import dev.starling.optimize.process.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A writable root file system over read-only directories, by overlayfs. What is written goes with
 * the session.
 *
 * @param directory where it is mounted
 */
public record OverlayRoot(Path directory) {

  /** As the kernel has it. */
  private static final int MAX_LAYERS = 500;

  /**
   * Mounts one. Needs root.
   *
   * @param session owns it
   * @param layers directories, the top one first; none gives an empty root
   * @throws CommandException if it cannot be mounted
   * @throws IOException if a folder cannot be made
   */
  public static OverlayRoot mount(Session session, List<Path> layers) throws IOException {
    if (layers.size() > MAX_LAYERS) {
      throw new CommandException(
          "the image has " + layers.size() + " layers; overlayfs takes at most " + MAX_LAYERS);
    }
    Path folder = session.folder();
    for (String name : List.of("lower", "upper", "work", "root")) {
      Files.createDirectory(folder.resolve(name));
    }
    Path root = folder.resolve("root");
    session.own(new Made.Mount(root.toString()));
    mount(folder, lower(folder, layers));
    return new OverlayRoot(root);
  }

  /**
   * The lower directories as overlayfs wants them. The kernel takes no more than a page of options,
   * so short names stand for the paths, which may also hold what options may not.
   */
  private static String lower(Path folder, List<Path> layers) throws IOException {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      String name = "lower/" + i;
      Files.createSymbolicLink(folder.resolve(name), layers.get(i).toAbsolutePath());
      names.add(name);
    }
    return names.isEmpty() ? "lower" : String.join(":", names);
  }

  private static void mount(Path folder, String lower) throws IOException {
    String options = "lowerdir=" + lower + ",upperdir=upper,workdir=work";
    try {
      // What is written is thrown away: it need not reach the disk first.
      call(folder, options + ",volatile");
    } catch (CommandException e) {
      try {
        call(folder, options); // a kernel before 5.10
      } catch (CommandException again) {
        throw new CommandException(
            "a root file system cannot be mounted: "
                + again.getMessage()
                + "; it needs root, overlayfs (modprobe overlay), and a data directory that is not"
                + " itself on an overlay",
            again);
      }
    }
  }

  private static void call(Path folder, String options) throws IOException {
    Tool.run(List.of("mount", "-t", "overlay", "starling", "-o", options, "root"), folder);
  }
}
