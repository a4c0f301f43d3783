package dev.starling.shell.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.api.command.Placement;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandHostTest {

  @TempDir Path directory;
  private TestHost host;

  @BeforeEach
  void host() {
    host = new TestHost(directory, EchoCommand.definition());
  }

  @Test
  void printsTheResultOnStandardOutAndTheRestOnStandardError() {
    assertThat(host.run("echo a b")).isZero();
    assertThat(host.out()).isEqualTo("a to b\n");
    assertThat(host.err())
        .isEqualTo("saying\nstarling: warning: careful\nlayer: waiting\nlayer: done\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo a --quiet", "-q echo a", "image echo -q a"})
  void quietLeavesWarningsOnlyWhereverItStands(String line) {
    assertThat(host.run(line)).isZero();
    assertThat(host.err()).isEqualTo("starling: warning: careful\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo --format json a", "--format=JSON echo a", "i echo a --format json"})
  void printsTheRecordAsJson(String line) {
    assertThat(host.run(line)).isZero();
    assertThat(host.out())
        .isEqualToIgnoringWhitespace(
            """
            { "source": "a", "target": null, "platforms": [], "dryRun": false, "times": 1,
              "exitCode": 0,
              "digest": "sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",
              "platform": "linux/amd64", "path": "/some/path", "duration": "PT3S" }
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"echo a", "say a", "image echo a", "images say a", "i echo a"})
  void findsACommandByEachOfItsNames(String line) {
    assertThat(host.run(line)).isZero();
    assertThat(host.out()).isEqualTo("a\n");
  }

  @ParameterizedTest
  @CsvSource({"io, 1, the disk is full", "usage, 2, --a and --b exclude each other"})
  void tellsAFailureInOneLineAndAnExitCode(String kind, int exitCode, String message) {
    assertThat(host.run("echo a --fail " + kind)).isEqualTo(exitCode);
    assertThat(host.err()).isEqualTo("starling: " + message + "\n");
  }

  @ParameterizedTest
  @CsvSource({"defect, IllegalStateException (oops)", "error, NoClassDefFoundError (gone/Class)"})
  void callsADefectADefect(String kind, String what) {
    assertThat(host.run("echo a --fail " + kind)).isEqualTo(1);
    assertThat(host.err())
        .isEqualTo(
            "starling: this is a defect in Starling or a plugin: "
                + what
                + "; run the command again with --debug and report what it prints\n");
  }

  @Test
  void printsStackTracesOnlyWithDebug() {
    host.run("echo a --fail defect --debug");
    assertThat(host.err()).contains("\tat dev.starling.shell");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "echo a --platfroms x | unknown option '--platfroms'; did you mean --platforms?; see"
            + " 'starling echo --help'",
        "ecko a | unknown command 'ecko'; did you mean echo?; see 'starling --help'",
        "echo a b c | unexpected argument 'c'; see 'starling echo --help'",
        "echo | missing required parameter: 'SOURCE'; see 'starling echo --help'",
        "echo a --times x | invalid value for option '--times': 'x' is not an int; see 'starling"
            + " echo --help'",
        "image | missing command: one of echo, say; see 'starling image --help'",
        "image ecko | unknown command 'ecko'; did you mean echo?; see 'starling image --help'",
      })
  void aLineThatIsNotUnderstoodIsAUsageError(String line, String message) {
    assertThat(host.run(line.strip())).isEqualTo(ExitCode.USAGE);
    assertThat(host.err()).isEqualTo("starling: " + message + "\n");
    assertThat(host.out()).isEmpty();
  }

  @Test
  void aRecordMayReportAFailure() {
    assertThat(host.run("echo a --exit-code 7")).isEqualTo(7);
    assertThat(host.out()).isEqualTo("a\n");
  }

  @Test
  void helpEndsWithTheRecord() {
    assertThat(host.run("echo --help")).isZero();
    assertThat(host.out())
        .endsWith(
            """
            RECORD
              With --format json, and in scripts:
              source                text
              target                text
              platforms             list of text
              dryRun                true or false
              times                 number
              exitCode              number
              digest                text
              platform              text
              path                  text
              duration              text

            EXIT CODES
              0 done, 1 failed, 2 wrong usage, 130 cancelled; see 'starling help exit-codes'.
            """);
  }

  @Test
  void helpGoesToStandardOutWithTheGlobalOptions() {
    assertThat(host.run("echo --help")).isZero();
    assertThat(host.out())
        .startsWith("NAME\n  starling echo, say - Says")
        .contains("--dry-run", "--format");
    assertThat(host.err()).isEmpty();
    assertThat(host.run("--help")).isZero();
    assertThat(host.out()).contains("Says back what it got.", "image, images, i");
  }

  @Test
  void aCommandWhoseNameIsTakenIsLeftOutAndReported() {
    TestHost two =
        new TestHost(
            directory,
            EchoCommand.definition(),
            EchoCommand.definition(Placement.in("registry")),
            EchoCommand.definition(Placement.TOP));
    assertThat(two.run("echo a")).isZero();
    assertThat(two.err())
        .startsWith("starling: the test: its command 'echo' is left out: the test has it\n");
    assertThat(two.run("registry echo b")).isZero();
    assertThat(two.out()).isEqualTo("a\nb\n");
  }

  @Test
  void aCancelledJobEndsAndSaysSo() throws Exception {
    CompletableFuture<Integer> running =
        CompletableFuture.supplyAsync(() -> host.run("echo a --fail wait"));
    while (!running.isDone()) {
      host.host().cancelAll(10);
    }
    assertThat(running.get(30, TimeUnit.SECONDS)).isEqualTo(ExitCode.CANCELLED);
    assertThat(host.err()).isEqualTo("starling: cancelled\n");
    assertThat(host.host().cancelAll(1)).isTrue();
  }
}
