package dev.starling.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.testkit.peer.Program;
import dev.starling.testkit.peer.Requirement;
import dev.starling.testkit.peer.Tmux;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Containers of a real image that is fetched as they read it. */
class RunTest extends AbstractRunTest {

  @Test
  void theDocumentedLineInATerminal() throws Exception {
    try (Tmux terminal =
        Tmux.start(
            program("--rm", "-t", "--snapshotter=stargz", image, "rt-doc", "echo", "hello"))) {
      assertThat(terminal.awaitEnd()).isZero();
      assertThat(terminal.screen().strip()).isEqualTo("hello");
    }
  }

  @Test
  void theSameWithoutATerminal() throws Exception {
    Program.Outcome outcome =
        run("--rm", "--snapshotter=stargz", image, "rt-plain", "echo", "hello");
    assertThat(outcome).isEqualTo(new Program.Outcome(0, "hello\n", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7   | IMAGE rt-code sh -c exit%7          |",
        "127 | IMAGE rt-code /no/such              | /no/such",
        "126 | IMAGE rt-code /etc                  | permission denied",
        "125 | -t IMAGE rt-code true               | standard input is none",
        "125 | --runtime /no/runc IMAGE rt-code    | no program /no/runc",
        "125 | --user nobody-here IMAGE rt-code    | nobody-here",
        "125 | 127.0.0.1:1/none rt-code            | cannot connect",
        "2   | IMAGE not/a/name true               | not a container's name",
        "2   | --args=[] IMAGE rt-code true        | exclude each other",
      })
  void exitCodes(int code, String line, String message) throws Exception {
    Program.Outcome outcome =
        run(
            Stream.of(line.split(" +", -1))
                .map(word -> word.replace("IMAGE", image).replace('%', ' '))
                .toArray(String[]::new));
    assertThat(outcome.exit()).as(outcome.err()).isEqualTo(code);
    if (message != null) {
      assertThat(outcome.err()).contains(message).doesNotContain("\tat ");
      assertThat(outcome.err().lines().filter(l -> l.startsWith("starling: "))).hasSize(1);
    }
  }

  @Test
  void crunEitherRunsOrSaysWhyNot() throws Exception {
    Requirement.programs("crun");
    Program.Outcome outcome = run("--runtime=crun", image, "rt-crun", "echo", "hello");
    if (outcome.exit() == 0) {
      assertThat(outcome.out()).isEqualTo("hello\n");
    } else {
      assertThat(outcome.exit()).isEqualTo(125);
      assertThat(outcome.err()).contains("--runtime, such as runc");
    }
  }

  @Test
  void environmentUserFolderMountsAndInput() throws Exception {
    Path shared = Files.createDirectories(temporary.resolve("shared"));
    Files.writeString(shared.resolve("in"), "from outside\n");
    String script =
        "echo $GREETING; id -un; pwd; hostname; cat /mnt/in; cat; echo written > /root/x;"
            + " ls /sys/class/net";
    Process process =
        program(
                "--name=rt-all",
                "--env=GREETING=hi",
                "--user=root:daemon",
                "--cwd=/usr/share",
                "--mount=type=bind,src=" + shared + ",dst=/mnt,options=rbind:ro",
                "-i",
                image,
                "--",
                "sh",
                "-c",
                script)
            .builder()
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (OutputStream in = process.getOutputStream()) {
      in.write("from a pipe\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("hi\nroot\n/usr/share\nrt-all\nfrom outside\nfrom a pipe\nlo\n");
    assertThat(process.waitFor()).isZero();
    assertThat(run(image, "rt-all", "ls", "/root/x").exit()).as("it is gone").isNotZero();
  }

  @Test
  void scriptsGetTheRecord() throws Exception {
    Path script =
        Files.writeString(
            temporary.resolve("run.groovy"),
            """
            def ended = run(ref: '%s', id: 'rt-script', command: ['sh', '-c', 'echo hello'])
            println "$ended.id: $ended.exitCode, $ended.output"
            """
                .formatted(image));
    assertThat(starling.run("script", script.toString()).succeeded().out())
        .contains("rt-script: 0, hello");
  }

  @Test
  void anInteractiveTerminalThatIsResized() throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(
                "sh", "-c", "stty -g >before; \"$@\"; code=$?; stty -g >after; exit $code", "sh"));
    Program run = program("-t", "-i", image, "rt-tty", "bash", "--norc");
    words.addAll(run.command());
    Program inShell = new Program(words, run.environment(), run.directory(), run.limit());
    try (Tmux terminal = Tmux.start(inShell, 90, 20)) {
      terminal.await("bash-");
      terminal.line("stty size; test -t 0 && test -t 1 && echo a terminal");
      terminal.await("20 90\na terminal");
      terminal.resize(120, 33);
      terminal.line("stty size");
      terminal.await("33 120");
      terminal.line("sleep 1000");
      terminal.press("C-c");
      terminal.line("echo code $?");
      terminal.await("\ncode 130");
      terminal.line("exit 5");
      assertThat(terminal.awaitEnd()).isEqualTo(5);
    }
    assertThat(temporary.resolve("after")).hasSameTextualContentAs(temporary.resolve("before"));
  }

  @Test
  void aRunIsTracedWithoutConvertingTheImage() throws Exception {
    Path record = temporary.resolve("record");
    Program.Outcome outcome =
        run("--trace=" + record, image, "rt-trace", "cat", "/etc/debian_version");
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    assertThat(outcome.out()).isNotBlank();
    String read = Files.readString(record);
    assertThat(read).containsPattern("\"path\":\"(usr/)?bin/cat\"");
    assertThat(read).contains("\"etc/debian_version\"").contains("manifestDigest");
    assertThat(read).doesNotContain("bin/ls\"").doesNotContain("bin/tar\"");
  }

  @Test
  void aNameIsTakenWhileItsContainerRunsAndItsImageStays() throws Exception {
    String script = "echo up; read line; cat /etc/debian_version && echo read";
    try (Running running = new Running(program("-i", image, "rt-twice", "sh", "-c", script))) {
      running.await("up");
      Program.Outcome second = run(image, "rt-twice", "true");
      assertThat(second.exit()).isEqualTo(125);
      assertThat(second.err()).contains("there is a container rt-twice already");
      starling.run("unmount", image).succeeded();
      running.process.getOutputStream().write('\n');
      running.process.getOutputStream().flush();
      running.await("read");
      assertThat(running.process.waitFor()).isZero();
    }
    starling.run("rpull", "--plain-http", image).succeeded();
  }
}
