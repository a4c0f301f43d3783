package dev.starling.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.testkit.peer.Program;
import dev.starling.testkit.peer.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Images are run, and what they read lies in front: the documented lines. */
class OptimizeTest extends AbstractOptimizeTest {

  private static final String SHELL = "--entrypoint=[ \"/bin/bash\", \"-c\" ]";

  @Test
  void theDefaultWorkload(Lab lab) throws Exception {
    String target = lab.registry().image("optimized/default:esgz");
    Path record = temporary.resolve("record");
    JsonNode result = optimize("--record-out=" + record, lab.debian("medium"), "http://" + target);
    assertThat(accesses(result, 0)).contains("usr/bin/bash");
    assertThat(front(lab, target, 0)).containsExactlyElementsOf(accesses(result, 0));
    assertThat(front(lab, target, 1)).containsExactlyElementsOf(accesses(result, 1));
    assertThat(result.path("trace").path("end").path("exitCode").asInt(-1)).isZero();
    assertThat(Files.readAllLines(record))
        .hasSize(accesses(result, 0).size() + accesses(result, 1).size())
        .first()
        .asString()
        .matches(
            "\\{\"path\":\"[^\"]+\",\"manifestDigest\":\"sha256:[0-9a-f]{64}\",\"layerIndex\":0}");
    acceptedByThePeer(lab, target);
  }

  @Test
  void aCompilerInAnImageWithoutParentEntries(Lab lab) throws Exception {
    String target = lab.registry().image("optimized/go:version");
    JsonNode result =
        optimize(SHELL, "--args=[ \"go version\" ]", lab.debian("org"), "http://" + target);
    assertThat(accesses(result, 2)).anyMatch(path -> path.endsWith("bin/go"));
    assertThat(front(lab, target, 2)).containsExactlyElementsOf(accesses(result, 2));
    assertThat(result.path("trace").path("end").path("lastLines").path(0).asString())
        .startsWith("go version go");
    acceptedByThePeer(lab, target);
  }

  @Test
  void aMountedSourceIsCompiledAndRun(Lab lab) throws Exception {
    Path hello =
        Files.writeString(
            temporary.resolve("hello.go"),
            """
            package main
            import "fmt"
            func main() {
            fmt.Println("hello world")
            }
            """);
    Path output = temporary.resolve("output");
    JsonNode result =
        optimize(
            "--period=100",
            "--env=HOME=/root",
            "--mount=type=bind,source=" + hello + ",destination=/hello.go,options=bind:ro",
            SHELL,
            "--args=[ \"go build -o /hello /hello.go && /hello\" ]",
            lab.debian("org"),
            "local://" + output + "/");
    assertThat(result.path("trace").path("end").path("lastLines").path(0).asString())
        .isEqualTo("hello world");
    assertThat(accesses(result, 2))
        .anyMatch(path -> path.endsWith("/compile"))
        .noneMatch(path -> path.contains("hello"));
    Program.of("skopeo", "inspect", "oci:" + output + ":latest").check();
    starling.run("check", "local://" + output).succeeded();
  }

  @Test
  void aContainerReachesAServerByCni(Lab lab) throws Exception {
    Requirement.programs("ip", "busybox");
    Requirement.that(
        Files.isExecutable(Path.of("/usr/lib/cni/bridge")), "containernetworking-plugins");
    long pid = ProcessHandle.current().pid() % 100_000;
    String bridge = "sto" + pid;
    String namespace = "starling-web-" + pid;
    Path folder = Files.createDirectory(temporary.resolve("cni"));
    Files.writeString(
        folder.resolve("net.conflist"),
        """
        {"name": "starling-optimize-test", "cniVersion": "1.0.0", "plugins": [
          {"type": "bridge", "bridge": "%s",
           "ipam": {"type": "host-local", "dataDir": "%s", "ranges": [[{"subnet": "10.213.79.0/24",
             "rangeStart": "10.213.79.10", "rangeEnd": "10.213.79.90"}]]}}]}
        """
            .formatted(bridge, temporary.resolve("ipam")));
    Path page = Files.createDirectory(temporary.resolve("www")).resolve("index.html");
    Files.writeString(page, "reached\n");
    try {
      for (String line :
          List.of(
              "ip netns add NS",
              "ip link add BR type bridge",
              "ip link set BR up",
              "ip link add BRa type veth peer name eth0 netns NS",
              "ip link set BRa master BR up",
              "ip -n NS addr add 10.213.79.200/24 dev eth0",
              "ip -n NS link set eth0 up")) {
        Program.of(line.replace("NS", namespace).replace("BR", bridge).split(" ", -1)).check();
      }
      Process server =
          Program.of(
                  ("ip netns exec " + namespace + " busybox httpd -f -p 80 -h " + page.getParent())
                      .split(" ", -1))
              .builder()
              .start();
      try {
        JsonNode result =
            optimize(
                "--cni",
                "--cni-plugin-config-dir=" + folder,
                "--cni-plugin-dir=/usr/lib/cni",
                "--add-hosts=web.example:10.213.79.200",
                BUSYBOX,
                "--args=[ \"wget\", \"-q\", \"-O\", \"-\", \"http://web.example/\" ]",
                lab.busybox(),
                "http://" + lab.registry().image("optimized/cni:esgz"));
        assertThat(result.path("trace").path("end").path("lastLines").path(0).asString())
            .isEqualTo("reached");
        try (Stream<Path> leases = Files.list(temporary.resolve("ipam/starling-optimize-test"))) {
          assertThat(leases.filter(f -> f.getFileName().toString().startsWith("10."))).isEmpty();
        }
      } finally {
        server.descendants().forEach(ProcessHandle::destroyForcibly);
        server.destroyForcibly().waitFor();
      }
    } finally {
      Program.of("ip", "netns", "delete", namespace).run();
      Program.of("ip", "link", "delete", bridge).run();
    }
  }

  @Test
  void layersWithoutAccessesAreKept(Lab lab) throws Exception {
    String once = lab.registry().image("optimized/once:esgz");
    String twice = lab.registry().image("optimized/twice:esgz");
    optimize("--no-optimize", "--oci", lab.busybox(), "http://" + once);
    Program.Outcome outcome =
        starling
            .run(
                "i",
                "optimize",
                "--plain-http",
                "--reuse",
                "--oci",
                Lab.FAST,
                BUSYBOX,
                "--args=[ \"true\" ]",
                once,
                "http://" + twice)
            .succeeded();
    JsonNode before = lab.manifest(once).path("layers");
    JsonNode after = lab.manifest(twice).path("layers");
    assertThat(after.path(1)).isEqualTo(before.path(1));
    assertThat(after.path(0)).isNotEqualTo(before.path(0));
    assertThat(outcome.err().lines())
        .contains(
            "no access occur; copying without conversion digest=\"%s\""
                .formatted(before.path(1).path("digest").asString()),
            "converted digest=\"%s\"".formatted(after.path(0).path("digest").asString()));
    assertThat(front(lab, twice, 0)).contains("bin/busybox");
  }
}
