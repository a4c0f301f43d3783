package dev.starling.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.testkit.peer.Program;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** SIGKILL in the middle: the same line again succeeds, goes on from there and tidies up. */
@ExtendWith(Lab.Provider.class)
class KilledTest {
  @TempDir Path temporary;
  private Starling starling;

  @BeforeEach
  void start() throws Exception {
    starling = Starling.in(temporary);
  }

  @Test
  void aConversionTakesUpFinishedLayers(Lab lab) throws Exception {
    String source = lab.debian("org");
    String target = "http://" + lab.registry().image("killed:convert");
    String[] line = {"convert", "--estargz", "--oci", source, target};
    Path finished = starling.data().resolve("work/converted");
    killOnce(starling.program(line), () -> count(finished, ".properties") > 0);
    assertThat(count(finished, ".properties")).as("finished layers").isBetween(1L, 2L);

    JsonNode record = starling.json(line);
    assertThat(record.path("images").path(0).path("layers").findValuesAsString("action"))
        .as("what became of the layers")
        .anyMatch(
            action -> action.equalsIgnoreCase("taken_up") || action.equalsIgnoreCase("taken-up"));
    starling.run("check", target).succeeded();
    starling.leftNoTemporaryFile();
  }

  @Test
  void aPushSendsOnlyWhatIsMissing(Lab lab) throws Exception {
    String source = lab.debian("org");
    String target = lab.registry().image("killed:push");
    starling.run("pull", "--plain-http", source).succeeded();
    starling.run("convert", "--estargz", "--oci", source, target).succeeded();
    Path layers =
        lab.registry().data().resolve("docker/registry/v2/repositories/killed/_layers/sha256");
    long before = count(layers, "");
    killOnce(starling.program("push", "--plain-http", target), () -> count(layers, "") > before);

    Program.Outcome again = starling.run("push", "--plain-http", target).succeeded();
    assertThat(again.err() + again.out()).containsIgnoringCase("exists");
    starling.run("rm", target).succeeded();
    starling.run("check", "--plain-http", target).succeeded();
    starling.leftNoTemporaryFile();
  }

  /**
   * Starts a line, kills it as soon as the condition holds and expects that it was still at work.
   */
  private static void killOnce(Program program, Callable<Boolean> condition) throws Exception {
    Process process =
        program.builder().redirectErrorStream(true).redirectOutput(new File("/dev/null")).start();
    Instant end = Instant.now().plus(Duration.ofMinutes(5));
    try {
      while (!condition.call()) {
        assertThat(process.isAlive()).as("%s ended too early", program.command()).isTrue();
        assertThat(Instant.now()).as("time to be half way").isBefore(end);
        TimeUnit.MILLISECONDS.sleep(5);
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    assertThat(process.waitFor()).as("exit code after SIGKILL").isEqualTo(137);
  }

  private static long count(Path folder, String suffix) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(suffix)).count();
    }
  }
}
