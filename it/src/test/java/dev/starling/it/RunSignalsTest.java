package dev.starling.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.testkit.peer.Program;
import dev.starling.testkit.peer.Tmux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Containers that are told to end, or whose run is killed. */
class RunSignalsTest extends AbstractRunTest {

  @Test
  void ctrlCIsTheContainers() throws Exception {
    String script = "trap 'echo caught; exit 9' INT; echo up; while :; do sleep 0.1; done";
    try (Tmux terminal = Tmux.start(program(image, "rt-trap", "bash", "-c", script))) {
      terminal.await("up");
      terminal.press("C-c");
      assertThat(terminal.awaitEnd()).isEqualTo(9);
      assertThat(terminal.screen()).contains("caught");
    }
  }

  @Test
  void ctrlCEndsWhatDoesNotHandleIt() throws Exception {
    // No shell: until it makes way for another program, it handles Ctrl-C itself.
    String[] words = {image, "rt-tail", "tail", "-f", "/etc/issue"};
    try (Tmux terminal = Tmux.start(program(words))) {
      terminal.await("Debian GNU/Linux");
      terminal.press("C-c");
      assertThat(terminal.awaitEnd()).isEqualTo(130);
    }
  }

  @Test
  void aSignalEndsWhatDoesNotHandleIt() throws Exception {
    try (Running running = start("rt-signal", "echo up; exec sleep 1000")) {
      running.await("up");
      running.signal("TERM");
      assertThat(running.process.waitFor()).isEqualTo(143);
    }
  }

  /** The runtime names the process only after it has started, so that it may speak before. */
  @Test
  void aSignalBeforeTheProcessIsNamedIsPassedOn() throws Exception {
    Path runtime = temporary.resolve("late-runc");
    Files.writeString(
        runtime,
        """
        #!/bin/bash
        words=()
        for word; do
          if [ "$last" = --pid-file ]; then
            named=$word word=$word.early
            (until [ -s "$word" ]; do sleep 0.02; done; sleep 1; mv "$word" "$named") \
              >/dev/null 2>&1 &
          fi
          words+=("$word") last=$word
        done
        exec runc "${words[@]}"
        """);
    Program.of("chmod", "+x", runtime.toString()).check();
    String script = "trap 'echo caught; exit 9' TERM; echo up; while :; do sleep 0.1; done";
    Program program = program("--runtime=" + runtime, image, "rt-late", "bash", "-c", script);
    try (Running running = new Running(program)) {
      running.await("up");
      running.signal("TERM");
      running.await("caught");
      assertThat(running.process.waitFor()).isEqualTo(9);
    }
  }

  /** What is there first, at the moments from the first folder to the running process. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "run/sessions/rt-any",
        "data/containers/rt-any/root",
        "run/sessions/rt-any/netns",
        "run/sessions/rt-any/bundle",
        "run/sessions/rt-any/state",
        "run/sessions/rt-any/bundle/process.pid",
      })
  void aSignalAtAnyTimeLeavesNothing(String moment) throws Exception {
    Program program =
        program(
            "--cni",
            "--cni-plugin-conf-dir=" + temporary.resolve("net.d"),
            image,
            "rt-any",
            "sleep",
            "1000");
    try (Running running = new Running(program)) {
      while (Files.notExists(temporary.resolve(moment)) && running.process.isAlive()) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      running.signal("TERM");
      assertThat(running.process.waitFor()).isEqualTo(143);
    }
  }

  @Test
  void whatAKilledRunLeavesTheNextOneRemoves() throws Exception {
    Program program =
        program(
            "--cni",
            "--cni-plugin-conf-dir=" + temporary.resolve("net.d"),
            image,
            "rt-killed",
            "sh",
            "-c",
            "echo up; exec sleep 1000");
    try (Running running = new Running(program)) {
      running.await("up");
      running.signal("KILL");
      running.process.waitFor();
    }
    assertThat(list(temporary.resolve("run/sessions"))).contains("rt-killed");
    assertThat(mounts("overlay")).isNotEmpty();
    starling.run("ls").succeeded();
    assertThat(list(temporary.resolve("run/sessions"))).isEmpty();
    assertThat(mounts("overlay")).isEmpty();
    assertThat(run(image, "rt-killed", "echo", "next").out()).isEqualTo("next\n");
  }

  private Running start(String id, String script) throws IOException {
    return new Running(program(image, id, "sh", "-c", script));
  }
}
