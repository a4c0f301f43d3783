package dev.starling.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.api.layout.OciLayout;
import dev.starling.testkit.fault.FaultyRegistry;
import dev.starling.testkit.peer.Program;
import dev.starling.testkit.peer.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A registry that can fail, an image in it that Starling converted, and the program with a daemon
 * of its own. Closing stops the daemon and expects that nothing stays mounted.
 */
final class LazyLab implements AutoCloseable {
  private static final String NAME = "/noise:esgz";

  private final Path folder;
  private final FaultyRegistry registry;
  private final Starling starling;

  private LazyLab(Path folder, FaultyRegistry registry, Starling starling) {
    this.folder = folder;
    this.registry = registry;
    this.starling = starling;
  }

  /**
   * @param folder below which everything lies
   * @param chunk the length of the converted image's chunks in bytes
   */
  static LazyLab open(Path folder, NoiseImage image, int chunk) throws Exception {
    Requirement.root();
    Requirement.that(Files.exists(Path.of("/dev/fuse")), "/dev/fuse");
    Starling starling = Starling.in(folder);
    FaultyRegistry registry = FaultyRegistry.start(folder.resolve("registry"));
    Path source = folder.resolve("source");
    image.writeTo(OciLayout.create(source).sink(), "org");
    LazyLab lab = new LazyLab(folder, registry, starling);
    starling
        .run(
            "convert",
            "--oci",
            "--estargz",
            "--estargz-chunk-size=" + chunk,
            "--platform=linux/amd64",
            "local://" + source + ":org",
            "http://" + lab.image())
        .succeeded();
    Lab.delete(source);
    return lab;
  }

  FaultyRegistry registry() {
    return registry;
  }

  Starling starling() {
    return starling;
  }

  /** The converted image. */
  String image() {
    return registry.host() + NAME;
  }

  /** Mounts the whole image and returns where. */
  Path mount(String... options) throws Exception {
    Path root = folder.resolve("root");
    List<String> line =
        Stream.concat(
                Stream.of("mount", "--plain-http", image(), root.toString()), Stream.of(options))
            .toList();
    starling.run(line.toArray(String[]::new)).succeeded();
    return root;
  }

  /** The daemon's process. */
  long daemon() throws Exception {
    long pid = starling.json("status").path("pid").asLong();
    assertThat(pid).as("the daemon's process").isPositive();
    return pid;
  }

  /** Where the daemon listens. */
  Path socket() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("run"))) {
      return files.filter(file -> file.endsWith("control.sock")).findFirst().orElseThrow();
    }
  }

  /** What the daemon had to say. */
  String log() throws IOException {
    return Files.readString(starling.data().resolve("snapshots/daemon.log"));
  }

  /** Where something of this lab is mounted, in the order of mounting. */
  List<String> mounts() throws IOException, InterruptedException {
    try (Stream<String> lines = Program.of("mount").check().lines()) {
      return lines
          .filter(line -> line.contains(folder.toString()))
          .map(line -> line.split(" ", -1)[2])
          .toList();
    }
  }

  @Override
  public void close() throws IOException {
    try (registry) {
      starling.run("snapshotter", "--stop").succeeded();
      List<String> left = mounts();
      for (String directory : left.reversed()) {
        Program.of("umount", "-l", directory).run();
      }
      assertThat(left).as("mounts left by the daemon").isEmpty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while stopping the daemon", e);
    }
  }
}
