package dev.starling.optimize.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.job.Cancellation;
import dev.starling.optimize.bundle.Bundle;
import dev.starling.optimize.bundle.BundleRequest;
import dev.starling.optimize.bundle.BundleWriter;
import dev.starling.optimize.bundle.HostFacts;
import dev.starling.optimize.bundle.ImageDefaults;
import dev.starling.optimize.workload.NameResolution;
import dev.starling.optimize.workload.Networking;
import dev.starling.optimize.workload.StopRule;
import dev.starling.optimize.workload.Workload;
import dev.starling.testkit.peer.Program;
import dev.starling.testkit.peer.Requirement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real containers on a root file system of busybox alone. */
class ContainerRunTest {

  private static final Duration LONG = Duration.ofMinutes(2);
  private static final CompletionStage<Void> NEVER = new CompletableFuture<>();

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Cancellation cancellation = new Cancellation();
  private String id = "";
  private Path root = Path.of("");
  private Path state = Path.of("");

  @BeforeEach
  void makeRoot() throws IOException, InterruptedException {
    Requirement.root();
    Requirement.programs("runc", "busybox");
    id = "run-test-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    state = folder.resolve("state");
    root = folder.resolve("root");
    Files.createDirectories(root.resolve("bin"));
    Files.createDirectories(root.resolve("etc"));
    Files.writeString(root.resolve("etc/passwd"), "root:x:0:0::/root:/bin/sh\nu:x:7:8::/:\n");
    Files.copy(Path.of("/bin/busybox"), root.resolve("bin/busybox"));
    for (String name : Program.of("busybox", "--list").check().lines().toList()) {
      if (!name.equals("busybox")) {
        Files.createSymbolicLink(root.resolve("bin").resolve(name), Path.of("busybox"));
      }
    }
    Files.writeString(root.resolve("bin/data"), "no program");
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    if (id.isEmpty()) {
      return;
    }
    assertThat(state.resolve(id)).doesNotExist();
    try (Stream<Path> groups = Files.walk(Path.of("/sys/fs/cgroup"), 2)) {
      assertThat(groups.filter(path -> path.endsWith("starling-" + id))).isEmpty();
    }
  }

  private Bundle bundle(HostFacts host, String... words) throws IOException {
    Workload workload =
        new Workload(
            List.of(words),
            List.of(),
            List.of("A=1"),
            "u",
            "",
            false,
            false,
            List.of(),
            new Networking.Loopback(),
            NameResolution.DEFAULT);
    return bundle(host, workload);
  }

  private Bundle bundle(HostFacts host, Workload workload) throws IOException {
    ImageDefaults image = new ImageDefaults(List.of(), List.of(), List.of(), "", "");
    Path directory = Files.createTempDirectory(folder, "bundle-");
    return new BundleWriter(host)
        .write(new BundleRequest(id, directory, root, image, workload, null));
  }

  private RunOutcome run(List<StopRule> rules, CompletionStage<?> signal, String... words)
      throws IOException {
    return run(bundle(HostFacts.ofThisMachine(), words), rules, signal);
  }

  private RunOutcome run(Bundle bundle, List<StopRule> rules, CompletionStage<?> signal)
      throws IOException {
    return ContainerRun.run(
        OciRuntime.find("runc", state),
        bundle,
        rules,
        new Streams.Watched(out, null, false),
        signal,
        cancellation);
  }

  private RunOutcome sh(String script) throws IOException {
    return run(List.of(), NEVER, "/bin/sh", "-c", script);
  }

  private static HostFacts withBuiltInProfile() throws IOException {
    HostFacts here = HostFacts.ofThisMachine();
    return new HostFacts(
        here.architecture(), here.kernel(), here.cgroups(), here.openFiles(), null, null);
  }

  @Test
  void theProcessRunsAsAskedAndItsCodeIsTold() throws IOException {
    RunOutcome outcome =
        sh("id -u; id -g; echo $A; hostname; cat /etc/resolv.conf; echo bad >&2; exit 7");

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("7\n8\n1\n" + id + "\nnameserver 8.8.8.8\n");
    assertThat(outcome).isInstanceOf(RunOutcome.Ended.class);
    assertThat(((RunOutcome.Ended) outcome).exitCode()).isEqualTo(7);
    assertThat(outcome.lastLines()).contains("bad", "nameserver 8.8.8.8");
  }

  @Test
  void aSignalsCodeIsTold() throws IOException {
    assertThat(sh("(sh -c 'kill -9 $$'); exit $?"))
        .isEqualTo(new RunOutcome.Ended(137, List.of("Killed")));
  }

  @Test
  void theNetworkIsLoopbackAlone() throws IOException {
    sh("ip -o addr; cat /proc/net/dev | tail -n +3 | cut -d: -f1 | tr -d ' '");

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("127.0.0.1")
        .endsWith("lo\n")
        .doesNotContain("eth0");
  }

  @Test
  void onlyTheLastLinesAreKept() throws IOException {
    RunOutcome outcome = sh("i=0; while [ $i -lt 100 ]; do i=$((i+1)); echo $i; done; printf end");

    assertThat(outcome.lastLines()).hasSize(20).startsWith("82").endsWith("100", "end");
  }

  @ParameterizedTest
  @CsvSource({"/bin/none, 127", "none, 127", "/bin/data, 126", "/etc, 126"})
  void whatCannotStartIsTold(String program, int code) {
    assertThatThrownBy(() -> run(List.of(), NEVER, program))
        .isInstanceOfSatisfying(
            RuntimeFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(code))
        .hasMessageNotContaining("\n");
  }

  @Test
  void aLineEndsIt() throws IOException {
    StopRule line = new StopRule.Line("is ready");
    StopRule late = new StopRule.Period(LONG);

    RunOutcome outcome =
        run(
            List.of(late, line),
            NEVER,
            "/bin/sh",
            "-c",
            "echo starting; echo it is ready now; sleep 300");

    assertThat(outcome)
        .isEqualTo(new RunOutcome.Stopped(line, List.of("starting", "it is ready now")));
  }

  @Test
  void aPeriodEndsIt() throws IOException {
    StopRule period = new StopRule.Period(Duration.ofMillis(200));

    assertThat(run(List.of(period), NEVER, "/bin/sleep", "300"))
        .isEqualTo(new RunOutcome.Stopped(period, List.of()));
  }

  @Test
  void aSignalEndsIt() throws IOException {
    StopRule rule = new StopRule.Signal();

    assertThat(run(List.of(rule), CompletableFuture.completedFuture(true), "/bin/sleep", "300"))
        .isEqualTo(new RunOutcome.Stopped(rule, List.of()));
  }

  /** Ctrl-C on the terminal would reach the container otherwise, and end it before its time. */
  @Test
  void theRuntimeIsInASessionOfItsOwn() throws IOException {
    List<Boolean> own = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> looked = new CompletableFuture<>();
    OutputStream watching =
        new ByteArrayOutputStream() {
          @Override
          public void flush() throws IOException {
            for (ProcessHandle child : ProcessHandle.current().children().toList()) {
              String stat = Files.readString(Path.of("/proc/" + child.pid() + "/stat"));
              if (stat.contains("(runc")) {
                String session = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[3];
                own.add(session.equals(Long.toString(child.pid())));
              }
            }
            looked.complete(null);
          }
        };

    ContainerRun.run(
        OciRuntime.find("runc", state),
        bundle(HostFacts.ofThisMachine(), "/bin/sh", "-c", "echo up; sleep 300"),
        List.of(new StopRule.Signal()),
        new Streams.Watched(watching, null, false),
        looked,
        cancellation);

    assertThat(own).containsExactly(true);
  }

  @Test
  void aPortThatAcceptsEndsIt() throws IOException {
    StopRule rule = new StopRule.Port(8123);

    assertThat(
            run(
                List.of(rule),
                NEVER,
                "/bin/sh",
                "-c",
                "sleep 0.3; echo up; nc -ll -p 8123 -e true"))
        .isEqualTo(new RunOutcome.Stopped(rule, List.of("up")));
  }

  /** The runtime makes a terminal of this process's when it has one; script(1) gives it one. */
  @Test
  void aTerminalIsReal() throws IOException, InterruptedException {
    Requirement.programs("script", "runc");
    Workload plain = Workload.OF_IMAGE;
    Workload workload =
        new Workload(
            List.of("/bin/sh", "-c", "tty; stty size; echo $TERM; exit 3"),
            plain.args(),
            plain.environment(),
            "",
            "",
            true,
            true,
            plain.mounts(),
            plain.networking(),
            plain.names());
    Bundle bundle = bundle(HostFacts.ofThisMachine(), workload);
    List<String> words =
        OciRuntime.find("runc", state)
            .words(List.of("run", "--bundle", bundle.directory().toString(), id));

    Program.Outcome outcome =
        Program.of(
                "script",
                "-qec",
                "stty rows 31 cols 77; " + String.join(" ", words),
                folder.resolve("typescript").toString())
            .run();

    assertThat(outcome.out()).contains("/dev/pts/0", "31 77", "xterm");
    assertThat(outcome.exit()).isEqualTo(3);
  }

  @Test
  void cancellingEndsIt() throws IOException {
    Bundle bundle = bundle(HostFacts.ofThisMachine(), "/bin/sh", "-c", "echo up; sleep 300");
    CompletableFuture<Void> started = new CompletableFuture<>();
    Thread canceller =
        Thread.ofVirtual()
            .start(() -> {
              started.join();
              cancellation.request();
            });
    ByteArrayOutputStream up =
        new ByteArrayOutputStream() {
          @Override
          public void flush() {
            started.complete(null);
          }
        };

    assertThatThrownBy(() ->
            ContainerRun.run(
                OciRuntime.find("runc", state),
                bundle,
                List.of(),
                new Streams.Watched(up, null, false),
                NEVER,
                cancellation))
        .isInstanceOf(CancellationException.class);
    assertThat(canceller).isNotNull();
  }

  @Test
  void cancelledFromTheStartNothingRuns() {
    Thread.ofVirtual().start(cancellation::request);

    assertThatThrownBy(() -> run(List.of(), NEVER, "/bin/sleep", "300"))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void whatAKilledProcessLeftIsRemoved() throws IOException, InterruptedException {
    OciRuntime runtime = OciRuntime.find("runc", state);
    Bundle bundle = bundle(HostFacts.ofThisMachine(), "/bin/sleep", "300");
    Program.of(
            "runc",
            "--root",
            state.toString(),
            "run",
            "--detach",
            "--bundle",
            bundle.directory().toString(),
            id)
        .builder()
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    assertThat(state.resolve(id)).isDirectory();

    runtime.deleteAll();

    assertThat(state).doesNotExist();
  }

  @Test
  void theBuiltInProfileDeniesNewNamespaces() throws IOException {
    String script = "unshare -U true; echo $?; grep Seccomp: /proc/self/status";

    run(bundle(withBuiltInProfile(), "/bin/sh", "-c", script), List.of(), NEVER);

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("1\nSeccomp:\t2\n");
  }

  @Test
  void anInstalledProfileIsApplied() throws IOException {
    HostFacts host = HostFacts.ofThisMachine();
    Requirement.that(host.seccompProfile() != null, "a profile of containers-common");

    run(bundle(host, "/bin/grep", "Seccomp:", "/proc/self/status"), List.of(), NEVER);

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("Seccomp:\t2\n");
  }

  @Test
  void aMissingRuntimeIsSaid() {
    assertThatThrownBy(() -> OciRuntime.find("no-such-runtime", state))
        .hasMessageContaining("--runtime");
  }
}
