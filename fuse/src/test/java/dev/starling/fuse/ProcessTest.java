package dev.starling.fuse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mounts whose process is not this one. */
class ProcessTest {
  @TempDir Path folder;

  @BeforeEach
  void machine() {
    Needs.fuse();
  }

  @Test
  void whatAKilledProcessLeftIsSeenAndTakenAway() throws Exception {
    Process process =
        new ProcessBuilder(ServingProcess.command(ServingProcess.classPath(), folder))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).startsWith(ServingProcess.MOUNTED);
      assertThat(Files.readString(folder.resolve("f"))).isEqualTo("content");
      assertThat(MountPoints.isDead(folder)).isFalse();
      process.destroyForcibly().waitFor();
      assertThat(MountPoints.isDead(folder)).isTrue();
      assertThat(MountTable.current().on(folder.toRealPath()))
          .hasValueSatisfying(entry -> assertThat(entry.source()).isEqualTo("stargz"));
      assertThatThrownBy(() ->
              FuseServer.libfuse()
                  .mount(new MemoryFiles(), folder, MountOptions.defaults("a", "b")))
          .hasMessageContaining("whose process is gone");
    } finally {
      process.destroyForcibly().waitFor();
      MountPoints.detach(folder);
    }
    assertThat(MountPoints.isDead(folder)).isFalse();
    assertThat(folder).isEmptyDirectory();
  }

  /** In a mount namespace with a /dev/fuse that everybody may open; here only root may. */
  @Test
  void anOrdinaryUserMountsThroughFusermount() throws Exception {
    Needs.root();
    Path directory = Files.createDirectory(folder.resolve("mnt"));
    Path device = folder.resolve("fuse");
    String script =
        """
        set -e
        mknod -m 666 "$1" c 10 229
        mount --bind "$1" /dev/fuse
        chown 65534 "$2"
        chmod 755 "$(dirname "$2")"
        shift 2
        exec setpriv --reuid=65534 --regid=65534 --clear-groups -- "$@"
        """;
    List<String> command = ServingProcess.command(readable(ServingProcess.classPath()), directory);
    command.addAll(
        0,
        List.of(
            "unshare", "-m", "sh", "-c", script, "sh", device.toString(), directory.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).isEqualTo("mounted on " + directory);
      Path seen = Path.of("/proc", Long.toString(process.pid()));
      String table = Files.readString(seen.resolve("mountinfo"));
      assertThat(table)
          .contains(
              " "
                  + directory
                  + " rw,nosuid,nodev,relatime - fuse.rawBridge stargz rw,user_id=65534,group_id=65534\n");
      assertThat(read(process.pid(), directory.resolve("f"))).isEqualTo("content");
      process.getOutputStream().close();
      assertThat(out.readLine()).isNull();
      assertThat(process.waitFor()).isZero();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** A copy that everybody may read: the Maven repository is often below a closed home. */
  private List<Path> readable(List<Path> classPath) throws IOException, InterruptedException {
    List<Path> copies = new ArrayList<>();
    for (Path entry : classPath) {
      if (Files.exists(entry)) {
        Path copy = folder.resolve("lib" + copies.size()).resolve(entry.getFileName());
        Files.createDirectory(copy.getParent());
        run("cp", "-r", entry.toString(), copy.toString());
        copies.add(copy);
      }
    }
    return copies;
  }

  /** As that user, in that namespace. */
  private static String read(long pid, Path file) throws IOException, InterruptedException {
    return run(
        "nsenter",
        "-t",
        Long.toString(pid),
        "-m",
        "setpriv",
        "--reuid=65534",
        "--regid=65534",
        "--clear-groups",
        "cat",
        file.toString());
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return said;
  }
}
