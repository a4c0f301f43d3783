package dev.starling.snapshot.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.fuse.FuseServer;
import dev.starling.fuse.FuseUnavailableException;
import dev.starling.fuse.Mount;
import dev.starling.fuse.MountOptions;
import dev.starling.snapshot.layer.Layer;
import dev.starling.testkit.peer.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The merged tree is what overlayfs makes of the layers one by one. */
class OverlayEqualityTest {
  @TempDir Path folder;

  @BeforeEach
  void machine() throws IOException {
    Requirement.root();
    Requirement.programs("mount", "umount", "python3");
    try {
      FuseServer.libfuse();
    } catch (FuseUnavailableException e) {
      Requirement.that(false, String.valueOf(e.getMessage()));
    }
    Requirement.that(Files.isWritable(Path.of("/dev/fuse")), "/dev/fuse");
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24
      })
  void randomStacksAreMergedAsOverlayfsDoes(long seed) throws Exception {
    compare(RandomLayers.stack(new Random(seed)));
  }

  @Test
  void manyLayersAreMergedAsOverlayfsDoes() throws Exception {
    List<Layer> layers = new ArrayList<>();
    Random random = new Random(99);
    for (int i = 0; i < 10; i++) {
      layers.addAll(RandomLayers.stack(random).subList(0, 2));
    }
    compare(layers);
  }

  private void compare(List<Layer> layers) throws Exception {
    MountOptions options = MountOptions.defaults("stargz", "rawBridge");
    FuseServer server = FuseServer.libfuse();
    List<Mount> mounts = new ArrayList<>();
    Path overlaid = Files.createDirectory(folder.resolve("overlaid"));
    Path merged = Files.createDirectory(folder.resolve("merged"));
    try {
      List<String> lower = new ArrayList<>();
      for (int i = 0; i < layers.size(); i++) {
        Path directory = Files.createDirectory(folder.resolve(Integer.toString(i)));
        mounts.add(
            server.mount(
                new LayerView(layers.get(i), layers.subList(0, i), OpaqueMark.TRUSTED),
                directory,
                options));
        lower.add(directory.toString());
      }
      mounts.add(server.mount(new MergedView(layers), merged, options));
      Collections.reverse(lower);
      run(
          "mount",
          "-t",
          "overlay",
          "overlay",
          "-o",
          "lowerdir=" + String.join(":", lower),
          overlaid.toString());
      try {
        List<String> expected = walk(overlaid);
        assertThat(expected).isNotEmpty();
        assertThat(walk(merged)).isEqualTo(expected);
      } finally {
        run("umount", overlaid.toString());
      }
    } finally {
      for (Mount mount : mounts.reversed()) {
        mount.close();
      }
    }
  }

  /** A line for each file with all that can be told of it but its inode and a folder's links. */
  private static List<String> walk(Path root) throws Exception {
    String script =
        """
        import os, stat, sys
        top = os.fsencode(sys.argv[1])
        def tell(path):
            s = os.lstat(path)
            kind = stat.S_IFMT(s.st_mode)
            words = [os.path.relpath(path, top), oct(s.st_mode), s.st_uid, s.st_gid, s.st_mtime_ns]
            words += [(n, os.getxattr(path, n, follow_symlinks=False))
                      for n in sorted(os.listxattr(path, follow_symlinks=False))]
            if kind == stat.S_IFREG:
                words += [s.st_size, open(path, 'rb').read()]
            elif kind == stat.S_IFLNK:
                words += [s.st_size, os.readlink(path)]
            elif kind in (stat.S_IFCHR, stat.S_IFBLK):
                words += [s.st_rdev]
            print(words)
            if kind == stat.S_IFDIR:
                for name in sorted(os.listdir(path)):
                    # overlayfs lists what is hidden in a folder that only one layer has.
                    if os.path.lexists(os.path.join(path, name)):
                        tell(os.path.join(path, name))
        tell(top)
        """;
    return run("python3", "-c", script, root.toString()).lines().toList();
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as("%s: %s", List.of(command), said).isZero();
    return said;
  }
}
