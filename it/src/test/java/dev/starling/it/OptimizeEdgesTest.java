package dev.starling.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.testkit.fault.FaultyRegistry;
import dev.starling.testkit.fault.LoggedRequest;
import dev.starling.testkit.peer.Program;
import dev.starling.testkit.recipe.TestImages;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Images are run that fail, are killed, or are for other machines. */
class OptimizeEdgesTest extends AbstractOptimizeTest {

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
