package dev.starling.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.testkit.peer.Program;
import dev.starling.testkit.peer.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An image to run, and what is asked of every {@code run}: that nothing is left of it. */
@ExtendWith(Lab.Provider.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
abstract class AbstractRunTest {
  private static final String NETWORK = "starling-run-test";

  @TempDir static Path temporary;
  Starling starling;
  String image;

  @BeforeAll
  void rpull(Lab lab) throws Exception {
    Requirement.root();
    Requirement.programs("runc", "tmux", "mount", "iptables-save");
    Requirement.that(Files.exists(Path.of("/dev/fuse")), "/dev/fuse");
    starling = Starling.in(temporary);
    image = lab.registry().image("run/debian:esgz");
    starling
        .run("convert", "--oci", "--estargz", lab.debian("medium"), "http://" + image)
        .succeeded();
    starling.run("rpull", "--plain-http", image).succeeded();
    Files.writeString(
        Files.createDirectories(temporary.resolve("net.d")).resolve("10-test.conflist"),
        """
        {"cniVersion": "0.4.0", "name": "%s", "plugins": [{"type": "bridge", "bridge": "strl-rt0",
         "isGateway": true, "ipMasq": true,
         "ipam": {"type": "host-local", "ranges": [[{"subnet": "10.234.87.0/24"}]]}}]}
        """
            .formatted(NETWORK));
  }

  @AfterAll
  void stop() throws Exception {
    starling.run("snapshotter", "--stop").succeeded();
    assertThat(mounts("")).isEmpty();
    Program.of("ip", "link", "delete", "strl-rt0").run();
    Lab.delete(Path.of("/var/lib/cni/networks", NETWORK));
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    assertThat(mounts("overlay")).isEmpty();
    assertThat(mounts("nsfs")).isEmpty();
    for (String folder : List.of("run/sessions", "data/containers")) {
      Path left = temporary.resolve(folder);
      assertThat(Files.exists(left) ? list(left) : List.of()).as(folder).isEmpty();
    }
    try (Stream<Path> groups = Files.walk(Path.of("/sys/fs/cgroup"), 2)) {
      assertThat(groups.filter(g -> g.getFileName().toString().startsWith("starling-rt-")))
          .isEmpty();
    }
    Path addresses = Path.of("/var/lib/cni/networks", NETWORK);
    assertThat(Files.exists(addresses) ? list(addresses) : List.of())
        .as("addresses")
        .noneMatch(file -> file.startsWith("10."));
    assertThat(Program.of("iptables-save").check()).doesNotContain(NETWORK);
  }

  static List<String> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  List<String> mounts(String start) throws Exception {
    try (Stream<String> lines = Program.of("mount").check().lines()) {
      return lines
          .filter(line -> line.contains(temporary.toString()) && line.contains(start))
          .toList();
    }
  }

  /** {@code run} with these words after {@code run}. */
  Program.Outcome run(String... words) throws Exception {
    return program(words).run();
  }

  Program program(String... words) {
    List<String> line = new ArrayList<>(List.of("run"));
    line.addAll(List.of(words));
    return starling.program(line.toArray(String[]::new));
  }
}
