package dev.starling.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.testkit.peer.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The program and what is asked of every {@code optimize}: that nothing is left of its runs. */
@ExtendWith(Lab.Provider.class)
abstract class AbstractOptimizeTest {

  static final String BUSYBOX = "--entrypoint=[ \"/bin/busybox\" ]";
  private static final Pattern CONTAINER = Pattern.compile("starling-optimize-(\\d+)-\\d+");

  @TempDir Path temporary;
  Starling starling;

  @BeforeEach
  void start() throws Exception {
    Requirement.root();
    Requirement.programs("runc", "mount", "umount");
    Requirement.that(Files.exists(Path.of("/dev/fuse")), "/dev/fuse");
    starling = Starling.in(temporary);
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    assertThat(Files.readString(Path.of("/proc/self/mountinfo")))
        .doesNotContain(temporary.toString());
    for (String folder : List.of("run/sessions", "data/containers")) {
      if (Files.exists(temporary.resolve(folder))) {
        assertThat(temporary.resolve(folder)).isEmptyDirectory();
      }
    }
    try (Stream<Path> groups = Files.walk(Path.of("/sys/fs/cgroup"), 2)) {
      assertThat(groups.filter(AbstractOptimizeTest::isOrphan)).isEmpty();
    }
    starling.leftNoTemporaryFile();
  }

  /** Whether it is the control group of a container whose process has ended. */
  private static boolean isOrphan(Path group) {
    Matcher owner = CONTAINER.matcher(String.valueOf(group.getFileName()));
    return owner.matches() && ProcessHandle.of(Long.parseLong(owner.group(1))).isEmpty();
  }

  /** The regular files and links before the landmark. */
  static List<String> front(Lab lab, String image, int layer) throws Exception {
    return lab.front(image, layer, type -> !List.of("dir", "chunk").contains(type));
  }

  /** What the run read of a layer, in order. */
  static List<String> accesses(JsonNode result, int layer) {
    List<String> paths = new ArrayList<>();
    for (JsonNode access : result.path("trace").path("accesses")) {
      if (access.path("layer").asInt() == layer) {
        paths.add(access.path("path").asString());
      }
    }
    return paths;
  }

  /** The peer reads every layer's TOC. */
  static void acceptedByThePeer(Lab lab, String image) throws Exception {
    lab.containerd().ctrRemote("images", "pull", "--plain-http", image).check();
    for (JsonNode layer : lab.manifest(image).path("layers")) {
      String digest = layer.path("digest").asString();
      assertThat(lab.containerd().ctrRemote("images", "get-toc-digest", digest).check().strip())
          .isEqualTo(
              layer
                  .path("annotations")
                  .path("containerd.io/snapshot/stargz/toc.digest")
                  .asString());
    }
  }

  JsonNode optimize(String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of("image", "optimize", "--plain-http", Lab.FAST));
    line.addAll(List.of(arguments));
    return starling.json(line.toArray(String[]::new));
  }
}
