package dev.starling.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.testkit.peer.Program;
import dev.starling.testkit.peer.Requirement;
import dev.starling.testkit.recipe.TestImages;
import dev.starling.testkit.tree.TreeListing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Images are mounted lazily, whoever converted them, and hold what unpacking them would leave. */
@ExtendWith(Lab.Provider.class)
class LazyMountTest {
  @TempDir Path temporary;
  private Starling starling;

  @BeforeEach
  void start() throws Exception {
    Requirement.root();
    Requirement.that(Files.exists(Path.of("/dev/fuse")), "/dev/fuse");
    Requirement.programs("umoci", "mount", "umount");
    starling = Starling.in(temporary);
  }

  @AfterEach
  void stop() throws Exception {
    starling.run("snapshotter", "--stop").succeeded();
    List<String> left = mounts("");
    for (String line : left) {
      Program.of("umount", "-l", line.split(" ", -1)[2]).run();
    }
    assertThat(left).as("mounts left by the daemon").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--estargz",
        "--estargz --estargz-min-chunk-size=50000",
        "--estargz --estargz-chunk-size=100000",
        "--estargz --estargz-external-toc",
        "--estargz --estargz-external-toc --estargz-keep-diff-id",
        "--zstdchunked",
        "--uncompress"
      })
  void mountsWhatStarlingConverted(String flags, Lab lab) throws Exception {
    String image = lab.registry().image("lazy/busybox:converted");
    List<String> line = new ArrayList<>(List.of("convert", "--oci", "--push"));
    line.addAll(List.of(flags.split(" ", -1)));
    line.addAll(List.of(lab.busybox(), image));
    starling.run(line.toArray(String[]::new)).succeeded();

    JsonNode layers = rpull(image);
    boolean lazy = !flags.equals("--uncompress");
    layers.forEach(layer -> assertThat(layer.path("lazy").asBoolean()).isEqualTo(lazy));
    assertHolds(TestImages.busybox() + ":org", image, layers);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--estargz", "--estargz --estargz-record-in=RECORD", "--zstdchunked"})
  void mountsWhatThePeerConverted(String flags, Lab lab) throws Exception {
    String source = lab.busybox();
    String image = lab.registry().image("lazy/peer:converted");
    Path record = Files.writeString(temporary.resolve("record"), "{\"path\":\"bin/busybox\"}\n");
    lab.containerd().ctrRemote("images", "pull", "--plain-http", source).check();
    List<String> line = new ArrayList<>(List.of("images", "convert", "--oci"));
    line.addAll(List.of(flags.replace("RECORD", record.toString()).split(" ", -1)));
    line.addAll(List.of(source, image));
    lab.containerd().ctrRemote(line.toArray(String[]::new)).limit(Duration.ofMinutes(5)).check();
    lab.containerd().ctrRemote("images", "push", "--plain-http", image).check();

    JsonNode layers = rpull(image);
    layers.forEach(layer -> assertThat(layer.path("lazy").asBoolean()).isTrue());
    assertHolds(TestImages.busybox() + ":org", image, layers);
  }

  @Test
  void printsTheDocumentedLines(Lab lab) throws Exception {
    String image = converted(lab, lab.busybox(), "lazy/lines:esgz");
    String out = starling.run("rpull", "--plain-http", image).succeeded().out();
    assertThat(out.lines().limit(2))
        .allMatch(line ->
            line.matches("fetching sha256:[0-9a-f]{8}\\.\\.\\. application/vnd\\.oci\\.\\S+"));
    assertThat(mounts("stargz on"))
        .hasSize(3)
        .allMatch(line ->
            line.matches(
                "stargz on "
                    + starling.data()
                    + "/snapshots/\\d+/fs type fuse\\.rawBridge"
                    + " \\(rw,nodev,relatime,user_id=0,group_id=0,allow_other\\)"));
    assertThat(starling.run("unmount", image).succeeded().out()).contains("dropped " + image);
    assertThat(mounts("")).isEmpty();
  }

  @Test
  void aLayerThatIsNotLazyIsServedAllTheSame(Lab lab) throws Exception {
    String image = lab.busybox();
    Program.Outcome outcome = starling.run("rpull", "--plain-http", image).succeeded();
    assertThat(outcome.err()).contains("is not lazy");
    assertHolds(TestImages.busybox() + ":org", image, rpull(image));
  }

  @Test
  void aRealImageIsTheSameColdWarmAndAfterARestart(Lab lab) throws Exception {
    String image = converted(lab, lab.debian("medium"), "lazy/debian:esgz");
    Path expected = unpack(TestImages.debian() + ":medium");
    try {
      TreeListing wanted = TreeListing.of(expected.resolve("rootfs"));
      assertThat(wanted.lines()).hasSizeGreaterThan(10_000);
      assertThat(wanted.differences(overlaid(rpull(image)))).as("cold").isEmpty();
      assertThat(wanted.differences(merged(image))).as("merged, warm").isEmpty();
      starling.run("snapshotter", "--stop").succeeded();
      assertThat(mounts("")).isEmpty();
      assertThat(wanted.differences(overlaid(rpull(image)))).as("after a restart").isEmpty();
      try (OrdinaryUser user = OrdinaryUser.in(temporary.resolve("u"))) {
        Path root = user.mount(image);
        assertThat(wanted.differences(user.list(root))).as("as an ordinary user").isEmpty();
      }
    } finally {
      Lab.delete(expected);
    }
  }

  @Test
  void aKilledDaemonIsFollowedByOneThatMountsAgain(Lab lab) throws Exception {
    String image = converted(lab, lab.busybox(), "lazy/killed:esgz");
    JsonNode layers = rpull(image);
    Path root = temporary.resolve("root");
    starling.run("mount", "--plain-http", "--rw", image, root.toString()).succeeded();
    Files.writeString(root.resolve("written"), "by hand");
    long pid = starling.json("status").path("pid").asLong();
    Process killed = Program.of("kill", "-9", Long.toString(pid)).builder().start();
    assertThat(killed.waitFor()).isZero();
    ProcessHandle.of(pid).ifPresent(process -> process.onExit().join());
    assertThat(found())
        .as("the daemon's mounts")
        .hasSize(5)
        .anyMatch(line -> line.endsWith("dead"));

    assertThat(rpull(image)).hasSize(layers.size());
    assertThat(Files.readString(root.resolve("written"))).isEqualTo("by hand");
    assertThat(Files.size(root.resolve("bin/busybox"))).isPositive();
    assertThat(found()).hasSize(5).noneMatch(line -> line.endsWith("dead"));
    starling.run("unmount", root.toString()).succeeded();
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void aTerminatedDaemonUnmounts(Lab lab) throws Exception {
    rpull(lab.busybox());
    long pid = starling.json("status").path("pid").asLong();
    ProcessHandle daemon = ProcessHandle.of(pid).orElseThrow();
    assertThat(daemon.destroy()).isTrue();
    daemon.onExit().join();
    assertThat(mounts("")).isEmpty();
  }

  /** What {@code mounts ls} says of this test's folders. */
  private List<String> found() throws Exception {
    try (Stream<String> lines = starling.run("mounts", "ls").succeeded().out().lines()) {
      return lines.filter(line -> line.startsWith(temporary.toString())).toList();
    }
  }

  private String converted(Lab lab, String source, String name) throws Exception {
    String image = lab.registry().image(name);
    starling.run("convert", "--oci", "--estargz", Lab.FAST, source, "http://" + image).succeeded();
    return image;
  }

  /** The record's layers, base first. */
  private JsonNode rpull(String image) throws Exception {
    return starling.json("rpull", "--plain-http", image).path("layers");
  }

  private void assertHolds(String source, String image, JsonNode layers) throws Exception {
    Path expected = unpack(source);
    try {
      TreeListing wanted = TreeListing.of(expected.resolve("rootfs"));
      assertThat(wanted.differences(overlaid(layers))).as("overlaid").isEmpty();
      assertThat(wanted.differences(merged(image))).as("merged").isEmpty();
    } finally {
      Lab.delete(expected);
    }
  }

  private Path unpack(String image) throws IOException, InterruptedException {
    Path bundle = temporary.resolve("unpacked");
    Program.of("umoci", "unpack", "--image", image, bundle.toString()).check();
    return bundle;
  }

  /** What overlayfs makes of the layers' mounts. */
  private TreeListing overlaid(JsonNode layers) throws Exception {
    List<String> directories = new ArrayList<>();
    layers.forEach(layer -> directories.addFirst(layer.path("directory").asString()));
    Path root = Files.createDirectories(temporary.resolve("overlay"));
    String options = "lowerdir=" + String.join(":", directories);
    if (directories.size() == 1) {
      options += ":" + Files.createDirectories(temporary.resolve("empty"));
    }
    Program.of("mount", "-t", "overlay", "test", "-o", options, root.toString()).check();
    try {
      return TreeListing.of(root);
    } finally {
      Program.of("umount", root.toString()).check();
    }
  }

  /** What the merged mount shows. */
  private TreeListing merged(String image) throws Exception {
    Path root = Files.createDirectories(temporary.resolve("merged"));
    starling.run("mount", "--plain-http", image, root.toString()).succeeded();
    try {
      return TreeListing.of(root);
    } finally {
      starling.run("unmount", root.toString()).succeeded();
    }
  }

  /** The lines of {@code mount} about this test's folders. */
  private List<String> mounts(String start) throws Exception {
    try (Stream<String> lines = Program.of("mount").check().lines()) {
      return lines
          .filter(line -> line.contains(temporary.toString()) && line.startsWith(start))
          .toList();
    }
  }
}
