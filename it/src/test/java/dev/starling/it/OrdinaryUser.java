package dev.starling.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.testkit.peer.Program;
import dev.starling.testkit.peer.Requirement;
import dev.starling.testkit.tree.TreeListing;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the program as a user without any right, who mounts through fusermount, with a home of his
 * own and a copy of the program in it, since the tree that is tested may be closed to him. In a
 * mount namespace whose /dev/fuse everybody may open, as is usual and here not certain. Closing
 * stops his daemon.
 */
final class OrdinaryUser implements AutoCloseable {

  private static final String ID = "65534";
  private static final String PROGRAM = "program";
  private static final String SPACE =
      """
      set -e
      mknod -m 666 "$1" c 10 229
      mount --bind "$1" /dev/fuse
      echo ready
      read -r end || true
      """;

  private final Path home;
  private final Process space;

  private OrdinaryUser(Path home, Process space) {
    this.home = home;
    this.space = space;
  }

  /** Needs root, and parents that others may pass through. */
  static OrdinaryUser in(Path home) throws IOException, InterruptedException {
    Requirement.root();
    Requirement.programs("unshare", "nsenter", "setpriv", "fusermount");
    Files.createDirectory(home);
    Files.setPosixFilePermissions(home.getParent(), PosixFilePermissions.fromString("rwx--x--x"));
    install(home.resolve(PROGRAM));
    Program.of("chown", "-R", ID + ":" + ID, home.toString()).check();
    Path device = home.resolveSibling("fuse-device");
    Process space =
        new ProcessBuilder("unshare", "-m", "sh", "-c", SPACE, "sh", device.toString())
            .redirectErrorStream(true)
            .start();
    BufferedReader out = space.inputReader();
    assertThat(out.readLine()).isEqualTo("ready");
    return new OrdinaryUser(home, space);
  }

  private static void install(Path program) throws IOException, InterruptedException {
    for (String part : List.of("starling", "plugins", "shell/target/app", "shell/src/main/aot")) {
      Path copy = program.resolve(part);
      Files.createDirectories(copy.getParent());
      Program.of("cp", "-r", Starling.sourceTree().resolve(part).toString(), copy.toString())
          .check();
    }
  }

  private List<String> prefix() {
    return List.of(
        "nsenter",
        "-t",
        Long.toString(space.pid()),
        "-m",
        "setpriv",
        "--reuid=" + ID,
        "--regid=" + ID,
        "--clear-groups",
        "--",
        "env",
        "PATH=/usr/local/bin:/usr/bin:/bin"); // root's may lead below a closed home
  }

  private void starling(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(prefix());
    command.addAll(
        List.of(
            "env",
            "-u",
            "STARLING_DATA_DIR",
            "-u",
            "STARLING_RUNTIME_DIR",
            "-u",
            "DOCKER_CONFIG",
            "-u",
            "REGISTRY_AUTH_FILE",
            "STARLING_BUILD=never",
            "STARLING_AOT=off",
            "HOME=" + home,
            "XDG_DATA_HOME=" + home.resolve("data"),
            "XDG_CACHE_HOME=" + home.resolve("cache"),
            "XDG_CONFIG_HOME=" + home.resolve("config"),
            "XDG_RUNTIME_DIR=" + home,
            "TMPDIR=" + home));
    command.add(home.resolve(PROGRAM).resolve("starling").toString());
    command.addAll(List.of(arguments));
    Program.of(command.toArray(String[]::new)).check();
  }

  /** Mounts a whole image and returns where. */
  Path mount(String image) throws IOException, InterruptedException {
    Path root = home.resolve("root");
    starling("mount", "--plain-http", image, root.toString());
    return root;
  }

  /** What he sees in a tree. */
  TreeListing list(Path root) throws IOException, InterruptedException {
    return TreeListing.of(root, prefix());
  }

  @Override
  public void close() throws IOException {
    try {
      starling("snapshotter", "--stop");
      space.getOutputStream().close();
      space.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while stopping the user's daemon", e);
    } finally {
      space.destroy();
    }
  }
}
