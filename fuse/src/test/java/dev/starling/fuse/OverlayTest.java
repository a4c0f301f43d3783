package dev.starling.fuse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What overlayfs makes of mounts below it. */
@SuppressWarnings("try") // closing early is what is tested
class OverlayTest {
  @TempDir Path folder;

  @BeforeEach
  void machine() {
    Needs.fuse();
    Needs.root();
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as("%s: %s", List.of(command), said).isZero();
  }

  private static MemoryFiles.Node device(MemoryFiles files, int major, int minor) {
    return files.node(
        new Attributes(
            NodeType.CHARACTER_DEVICE,
            files.attributes(NodeType.REGULAR, 0).inode(),
            0666,
            1,
            0,
            0,
            major,
            minor,
            0,
            MemoryFiles.TIME));
  }

  @Test
  void whiteoutsOpaqueDirectoriesAndDevicesWorkAbove() throws Exception {
    MemoryFiles below = new MemoryFiles();
    below.file("gone", new byte[] {1});
    below.file("kept", "below".getBytes(UTF_8));
    below.file("opaque/old", new byte[] {1});
    below.file("merged/old", new byte[] {2});
    MemoryFiles above = new MemoryFiles();
    above.add("gone", device(above, 0, 0));
    above
        .directory("opaque")
        .extended()
        .putAll(new TreeMap<>(java.util.Map.of("trusted.overlay.opaque", new byte[] {'y'})));
    above.file("opaque/new", new byte[] {3});
    above.file("merged/new", new byte[] {4});
    above.add("zero", device(above, 1, 5));
    MountOptions options = MountOptions.defaults("stargz", "rawBridge");
    FuseServer server = FuseServer.libfuse();
    for (String name : List.of("below", "above", "upper", "work", "merged")) {
      Files.createDirectory(folder.resolve(name));
    }
    Path merged = folder.resolve("merged");
    try (Mount lower = server.mount(below, folder.resolve("below"), options);
        Mount upper = server.mount(above, folder.resolve("above"), options)) {
      run(
          "mount",
          "-t",
          "overlay",
          "overlay",
          "-o",
          "lowerdir="
              + folder
              + "/above:"
              + folder
              + "/below,upperdir="
              + folder
              + "/upper,workdir="
              + folder
              + "/work",
          merged.toString());
      try {
        assertThat(merged.resolve("gone")).doesNotExist();
        assertThat(merged.resolve("opaque/old")).doesNotExist();
        assertThat(merged.resolve("opaque/new")).exists();
        assertThat(merged.resolve("merged/old")).exists();
        assertThat(merged.resolve("merged/new")).exists();
        try (InputStream zero = Files.newInputStream(merged.resolve("zero"))) {
          assertThat(zero.readNBytes(3)).containsExactly(0, 0, 0);
        }
        // The overlay holds what is below it: unmounting hides that only.
        lower.close();
        upper.close();
        assertThat(lower.isServing()).isTrue();
        assertThat(Files.readString(merged.resolve("kept"))).isEqualTo("below");
        Files.writeString(merged.resolve("kept"), "changed");
        assertThat(Files.readString(merged.resolve("kept"))).isEqualTo("changed");
      } finally {
        run("umount", merged.toString());
      }
      assertThat(lower.awaitEnd(Duration.ofSeconds(20))).isTrue();
      assertThat(upper.awaitEnd(Duration.ofSeconds(20))).isTrue();
    }
  }
}
