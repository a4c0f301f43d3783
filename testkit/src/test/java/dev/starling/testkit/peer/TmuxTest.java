package dev.starling.testkit.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class TmuxTest {

  @Test
  void typesToAProgramAndReadsItsScreen() throws Exception {
    Program shell = Program.of("sh").with("PS1", "ready> ").with("GREETING", "it's me");
    try (Tmux tmux = Tmux.start(shell.in(Path.of("/usr")), 100, 30)) {
      tmux.await("ready>");
      tmux.line("pwd; echo \"<$GREETING>\"; stty size");
      assertThat(tmux.await("30 100")).contains("/usr\n<it's me>\n30 100\n");
    }
  }

  @Test
  void tellsTheProgramOfANewSize() throws Exception {
    try (Tmux tmux = Tmux.start(Program.of("sh").with("PS1", "ready> "))) {
      tmux.await("ready>");
      tmux.line("trap 'echo now $(stty size)' WINCH; echo armed");
      tmux.await("\narmed");
      tmux.resize(120, 40);
      tmux.line("");
      tmux.await("now 40 120");
    }
  }

  @Test
  void pressesKeysAndKnowsHowTheProgramEnded() throws Exception {
    try (Tmux tmux = Tmux.start(Program.of("cat"))) {
      tmux.press("C-c");
      assertThat(tmux.awaitEnd()).isEqualTo(130);
    }
    try (Tmux tmux = Tmux.start(Program.of("sh", "-c", "seq 100; exit 7"))) {
      assertThat(tmux.awaitEnd()).isEqualTo(7);
      assertThat(tmux.history().lines()).startsWith("1", "2").contains("100");
      assertThat(tmux.screen().lines()).doesNotContain("1").contains("100");
    }
  }

  @Test
  void leavesNoProcess() throws Exception {
    long pid;
    try (Tmux tmux = Tmux.start(Program.of("sleep", "1000"))) {
      pid = tmux.pid();
      assertThat(ProcessHandle.of(pid)).isPresent();
    }
    ProcessHandle.of(pid).ifPresent(process -> process.onExit().join());
  }

  @Test
  void saysWhenAProgramCannotBeStarted() throws Exception {
    try (Tmux tmux = Tmux.start(Program.of("/no/such/program"))) {
      assertThat(tmux.awaitEnd()).isEqualTo(127);
    }
    assertThatThrownBy(() -> Program.of("/no/such/program").check())
        .isInstanceOf(IOException.class);
  }
}
