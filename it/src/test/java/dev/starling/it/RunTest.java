package dev.starling.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.testkit.peer.Program;
import dev.starling.testkit.peer.Requirement;
import dev.starling.testkit.peer.Tmux;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Containers of a real image that is fetched as they read it, and what is left of them: nothing.
 */
@ExtendWith(Lab.Provider.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class RunTest {
  private static final String NETWORK = "starling-run-test";

  @TempDir static Path temporary;
  private Starling starling;
  private String image;

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

  private static List<String> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private List<String> mounts(String start) throws Exception {
    try (Stream<String> lines = Program.of("mount").check().lines()) {
      return lines
          .filter(line -> line.contains(temporary.toString()) && line.contains(start))
          .toList();
    }
  }

  /** {@code run} with these words after {@code run}. */
  private Program.Outcome run(String... words) throws Exception {
    return program(words).run();
  }

  private Program program(String... words) {
    List<String> line = new ArrayList<>(List.of("run"));
    line.addAll(List.of(words));
    return starling.program(line.toArray(String[]::new));
  }

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

  private Running start(String id, String script) throws IOException {
    return new Running(program(image, id, "sh", "-c", script));
  }

  /** A run whose output is read as it comes. */
  private static final class Running implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;

    Running(Program program) throws IOException {
      process = program.builder().redirectErrorStream(true).start();
      out = process.inputReader(StandardCharsets.UTF_8);
    }

    void await(String wanted) throws IOException {
      List<String> seen = new ArrayList<>();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.equals(wanted)) {
          return;
        }
        seen.add(line);
      }
      throw new IOException("it ended without " + wanted + ": " + seen);
    }

    void signal(String name) throws IOException, InterruptedException {
      Program.of("kill", "-" + name, Long.toString(process.pid())).check();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
