package dev.starling.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.testkit.fault.FaultyRegistry;
import dev.starling.testkit.fault.LoggedRequest;
import dev.starling.testkit.peer.Program;
import dev.starling.testkit.peer.Requirement;
import dev.starling.testkit.recipe.TestImages;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Images are run, and what they read lies in front: the documented lines, and their edges. */
@ExtendWith(Lab.Provider.class)
class OptimizeTest {

  private static final String SHELL = "--entrypoint=[ \"/bin/bash\", \"-c\" ]";
  private static final String BUSYBOX = "--entrypoint=[ \"/bin/busybox\" ]";
  private static final Pattern CONTAINER = Pattern.compile("starling-optimize-(\\d+)-\\d+");

  @TempDir Path temporary;
  private Starling starling;

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
      assertThat(groups.filter(OptimizeTest::isOrphan)).isEmpty();
    }
    starling.leftNoTemporaryFile();
  }

  /** Whether it is the control group of a container whose process has ended. */
  private static boolean isOrphan(Path group) {
    Matcher owner = CONTAINER.matcher(String.valueOf(group.getFileName()));
    return owner.matches() && ProcessHandle.of(Long.parseLong(owner.group(1))).isEmpty();
  }

  /** The names before the landmark in a layer of an image, regular files and links only. */
  private static List<String> front(Lab lab, String image, int layer) throws Exception {
    JsonNode manifest = lab.manifest(image);
    String digest = manifest.path("layers").path(layer).path("digest").asString();
    String toc =
        Program.of("tar", "-xOzf", lab.blob(digest).toString(), "stargz.index.json").check();
    List<String> names = new ArrayList<>();
    for (JsonNode entry : JsonMapper.shared().readTree(toc).path("entries")) {
      String name = entry.path("name").asString();
      if (name.equals(".prefetch.landmark")) {
        return names;
      }
      if (!List.of("dir", "chunk").contains(entry.path("type").asString())) {
        names.add(name.startsWith("./") ? name.substring(2) : name);
      }
    }
    return List.of();
  }

  /** What the run read of a layer, in order. */
  private static List<String> accesses(JsonNode result, int layer) {
    List<String> paths = new ArrayList<>();
    for (JsonNode access : result.path("trace").path("accesses")) {
      if (access.path("layer").asInt() == layer) {
        paths.add(access.path("path").asString());
      }
    }
    return paths;
  }

  /** The peer reads every layer's TOC. */
  private static void acceptedByThePeer(Lab lab, String image) throws Exception {
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

  private JsonNode optimize(String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of("image", "optimize", "--plain-http", Lab.FAST));
    line.addAll(List.of(arguments));
    return starling.json(line.toArray(String[]::new));
  }

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

  @Test
  void otherPlatformsGetTheListUnderTheirNames(Lab lab) throws Exception {
    String target = lab.registry().image("optimized/multi:esgz");
    JsonNode result = optimize("--all-platforms", lab.debian("multi"), "http://" + target);
    List<String> front = new ArrayList<>();
    for (JsonNode entry : lab.manifest(target).path("manifests")) {
      if (entry.path("platform").path("architecture").asString().equals("arm64")) {
        String name = target.substring(0, target.lastIndexOf(':'));
        front.addAll(front(lab, name + "@" + entry.path("digest").asString(), 0));
      }
    }
    assertThat(accesses(result, 0)).contains("usr/lib/x86_64-linux-gnu/libc.so.6");
    assertThat(front).contains("usr/lib/aarch64-linux-gnu/libc.so.6", "usr/bin/bash");
  }

  @Test
  void aFailingWorkloadIsReportedAndNothingWritten(Lab lab) throws Exception {
    String target = lab.registry().image("optimized/failing:esgz");
    String[] line = {
      "optimize",
      BUSYBOX,
      "--args=[ \"sh\", \"-c\", \"echo so it goes; exit 7\" ]",
      lab.busybox(),
      "http://" + target
    };
    starling.run(line).failedSaying("exit code 7", "--allow-failure", "it said last: so it goes");
    starling.run("inspect", "--plain-http", target).failedSaying("404");
    List<String> allowed = new ArrayList<>(List.of(line));
    allowed.add("--allow-failure");
    starling.run(allowed.toArray(String[]::new)).succeeded();
    assertThat(front(lab, target, 0)).contains("bin/busybox");
  }

  @Test
  void aMachineWithoutARuntimeIsToldWhatWorksWithout(Lab lab) throws Exception {
    starling
        .run("optimize", "--runtime=no-such-runtime", lab.busybox(), "http://127.0.0.1:1/x:y")
        .failedSaying("no-such-runtime", "install", "--prefetch-list", "--no-optimize");
    String target = lab.registry().image("optimized/listed:esgz");
    Path list = Files.writeString(temporary.resolve("list"), "bin/busybox\n");
    starling
        .run(
            "optimize",
            "--runtime=no-such-runtime",
            "--prefetch-list=" + list,
            lab.busybox(),
            "http://" + target)
        .succeeded();
    assertThat(front(lab, target, 0)).endsWith("bin/busybox"); // after what it is a link to
  }

  @Test
  void noByteOfALayerIsFetchedTwice(Lab lab) throws Exception {
    Path data = temporary.resolve("counted");
    try (FaultyRegistry counted = FaultyRegistry.start(data)) {
      String plain = counted.host() + "/counted:plain";
      Program.of(
              "skopeo",
              "copy",
              "--dest-tls-verify=false",
              "oci:" + TestImages.busybox() + ":org",
              "docker://" + plain)
          .check();
      String lazy = lab.registry().image("optimized/counted:lazy");
      optimize("--no-optimize", plain, "http://" + lazy);
      Program.of(
              "skopeo",
              "copy",
              "--src-tls-verify=false",
              "--dest-tls-verify=false",
              "docker://" + lazy,
              "docker://" + counted.host() + "/counted:lazy")
          .check();
      for (String tag : List.of("plain", "lazy")) {
        counted.log().clear();
        JsonNode result =
            optimize(
                BUSYBOX,
                "--args=[ \"true\" ]",
                counted.host() + "/counted:" + tag,
                "http://" + lab.registry().image("optimized/counted:" + tag + "-esgz"));
        for (JsonNode layer : result.path("trace").path("layers")) {
          long sent =
              counted.log().matching(LoggedRequest::isBlob).stream()
                  .filter(r -> r.method().equals("GET"))
                  .filter(r -> r.path().endsWith(layer.path("digest").asString()))
                  .mapToLong(LoggedRequest::bytesSent)
                  .sum();
          assertThat(sent)
              .as("bytes of %s %s", tag, layer)
              .isEqualTo(layer.path("compressedBytes").asLong());
        }
      }
    } finally {
      Lab.delete(data);
    }
  }

  @Test
  void theFirstSignalEndsTheRunAndTheConversionGoesOn(Lab lab) throws Exception {
    String target = lab.registry().image("optimized/signalled:esgz");
    Process process =
        start(
            "optimize",
            Lab.FAST,
            BUSYBOX,
            "--args=[ \"sh\", \"-c\", \"echo up; sleep 1000\" ]",
            "--wait-on-signal",
            lab.busybox(),
            "http://" + target);
    assertThat(process.toHandle().destroy()).isTrue();
    try (var output = process.inputReader()) {
      String rest = String.join("\n", output.lines().toList());
      assertThat(process.waitFor()).as(rest).isZero();
    }
    assertThat(front(lab, target, 0)).contains("bin/busybox");
  }

  @Test
  void whatAKilledRunLeftGoesWithTheNext(Lab lab) throws Exception {
    String[] line = {
      "optimize",
      Lab.FAST,
      BUSYBOX,
      "--args=[ \"sh\", \"-c\", \"echo up; sleep 1000\" ]",
      "--period=1000",
      lab.busybox(),
      "http://" + lab.registry().image("optimized/killed:esgz")
    };
    for (boolean kill : new boolean[] {false, true}) {
      Process process = start(line);
      assertThat(mounted()).isTrue();
      ProcessHandle handle = process.toHandle();
      assertThat(kill ? handle.destroyForcibly() : handle.destroy()).isTrue();
      assertThat(process.waitFor()).isEqualTo(kill ? 137 : 143);
      assertThat(mounted()).as("mounted after the end").isEqualTo(kill);
    }
    optimize(
        BUSYBOX,
        "--args=[ \"true\" ]",
        lab.busybox(),
        "http://" + lab.registry().image("optimized/killed:esgz"));
  }

  /** Starts a line whose workload says "up", and waits for that. */
  private Process start(String... line) throws IOException {
    Process process = starling.program(line).builder().redirectErrorStream(true).start();
    BufferedReader output = process.inputReader();
    List<String> said = new ArrayList<>();
    for (String read = output.readLine(); !"up".equals(read); read = output.readLine()) {
      assertThat(read).as("the end of %s", said).isNotNull();
      said.add(read);
    }
    return process;
  }

  private boolean mounted() throws IOException {
    return Files.readString(Path.of("/proc/self/mountinfo")).contains(temporary.toString());
  }
}
