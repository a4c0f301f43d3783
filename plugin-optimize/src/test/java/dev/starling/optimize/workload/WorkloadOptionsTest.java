package dev.starling.optimize.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.command.CommandException;
import dev.starling.api.command.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The documented flags, as they are written there and as they go wrong. */
class WorkloadOptionsTest {

  private static Workload workload(String... args) throws IOException {
    return CommandLine.populateCommand(new WorkloadOptions(), args).workload();
  }

  private static List<StopRule> rules(boolean terminal, String... args) {
    return CommandLine.populateCommand(new StopOptions(), args).rules(terminal);
  }

  @Test
  void withoutFlagsTheImageIsRunAsItIs() throws IOException {
    assertThat(workload()).isEqualTo(Workload.OF_IMAGE);
  }

  @Test
  void theDocumentedLinesAreUnderstood() throws IOException {
    Workload workload =
        workload(
            "--mount=type=bind,source=/tmp/hello.go,destination=/hello.go,options=bind:ro",
            "--entrypoint=[ \"/bin/bash\", \"-c\" ]",
            "--args=[ \"go build -o /hello /hello.go && /hello\" ]",
            "--env=A=1,2",
            "--env",
            "B=",
            "--user=app:web",
            "--cwd=/srv",
            "-t",
            "--add-hosts=a:10.0.0.1,b:fd00::1",
            "--dns-nameservers=1.1.1.1,9.9.9.9",
            "--dns-search-domains=x.example",
            "--dns-options=ndots:1,rotate");

    assertThat(workload)
        .isEqualTo(
            new Workload(
                List.of("/bin/bash", "-c"),
                List.of("go build -o /hello /hello.go && /hello"),
                List.of("A=1,2", "B="),
                "app:web",
                "/srv",
                true,
                true,
                List.of(new MountSpec("bind", "/tmp/hello.go", "/hello.go", List.of("bind", "ro"))),
                new Networking.Loopback(),
                new NameResolution(
                    List.of(new HostEntry("a", "10.0.0.1"), new HostEntry("b", "fd00::1")),
                    List.of("1.1.1.1", "9.9.9.9"),
                    List.of("x.example"),
                    List.of("ndots:1", "rotate"))));
  }

  @Test
  void networksAreChosen() throws IOException {
    assertThat(workload("--net-host").networking()).isEqualTo(new Networking.Host());
    assertThat(workload("--cni").networking())
        .isEqualTo(
            new Networking.Cni(
                Path.of("/etc/cni/net.d"),
                List.of(Path.of("/opt/cni/bin"), Path.of("/usr/lib/cni"))));
    Networking.Cni elsewhere = new Networking.Cni(Path.of("/c"), List.of(Path.of("/p")));
    assertThat(workload("--cni", "--cni-plugin-config-dir=/c", "--cni-plugin-dir=/p").networking())
        .isEqualTo(elsewhere);
    assertThat(workload("--cni", "--cni-plugin-conf-dir=/c", "--cni-plugin-dir=/p").networking())
        .isEqualTo(elsewhere);
  }

  @Test
  void aBindMountIsOneWithoutBeingTold() throws IOException {
    assertThat(workload("--mount=type=bind,src=a,dst=/b").mounts())
        .containsExactly(
            new MountSpec(
                "bind", Path.of("a").toAbsolutePath().toString(), "/b", List.of("rbind")));
    assertThat(workload("--mount=type=tmpfs,dst=/b,options=size=1m:ro").mounts())
        .containsExactly(new MountSpec("tmpfs", "", "/b", List.of("size=1m", "ro")));
  }

  @Test
  void aFileOfVariablesComesFirst(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("env"), "# note\n\nA=1\nB=x y \n");

    assertThat(workload("--env", "C=3", "--env-file=" + file).environment())
        .containsExactly("A=1", "B=x y ", "C=3");
    assertThatThrownBy(() -> workload("--env-file=" + folder.resolve("none")))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("there is no file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--entrypoint=/bin/sh                      | --entrypoint: expected a JSON array",
        "--args=[1]                                | --args: expected a JSON array",
        "--args={}                                 | --args: expected a JSON array",
        "--env==x                                  | NAME=VALUE",
        "--cwd=srv                                 | --cwd: expected an absolute path",
        "--mount=type=bind,src=/a                  | --mount: no destination",
        "--mount=type=bind,dst=/a                  | --mount: no source",
        "--mount=type=tmpfs,dst=a                  | --mount: the destination must be absolute",
        "--mount=/a:/b                             | --mount: unknown part \"/a:/b\"",
        "--add-hosts=a                             | --add-hosts: not hostname:IP",
        "--add-hosts=a:b                           | --add-hosts: not an IP address",
        "--add-hosts=a b:10.0.0.1                  | --add-hosts: not a host name",
        "--dns-nameservers=dns.example             | --dns-nameservers: not an IP address",
        "--dns-options=a b                         | --dns-options: expected a word",
        "--cni-plugin-dir=/p                       | without --cni",
        "--runtime=                                | --runtime: no program",
      })
  void wrongUsageIsOneLine(String flag, String message) {
    assertThatThrownBy(() -> workload(flag))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void twoNetworksAreTooMany() {
    assertThatThrownBy(() -> workload("--cni", "--net-host")).isInstanceOf(UsageException.class);
  }

  @Test
  void aContainerRunsTenSecondsUnlessToldOtherwise() {
    StopRule tenSeconds = new StopRule.Period(Duration.ofSeconds(10));

    assertThat(rules(false)).containsExactly(tenSeconds);
    assertThat(rules(true)).isEmpty();
    assertThat(rules(true, "--period=10")).containsExactly(tenSeconds);
    assertThat(rules(false, "--wait-on-line=ready")).containsExactly(new StopRule.Line("ready"));
    assertThat(rules(false, "--wait-on-signal")).containsExactly(new StopRule.Signal());
    assertThat(rules(false, "--wait-on-port=80", "--period=10"))
        .containsExactly(new StopRule.Port(80), tenSeconds);
  }

  @ParameterizedTest
  @CsvSource({
    "false, --period=0",
    "false, --wait-on-line=",
    "false, --wait-on-port=0",
    "false, --wait-on-port=65536",
    "true, --wait-on-signal",
    "true, --wait-on-line=x"
  })
  void conditionsThatCannotHoldAreRefused(boolean terminal, String flag) {
    assertThatThrownBy(() -> rules(terminal, flag))
        .isInstanceOf(UsageException.class)
        .hasMessageNotContaining("\n");
  }
}
