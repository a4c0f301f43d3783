package dev.starling.optimize.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What runc and crun log, and what it means to who waits for the exit code. */
class RuntimeLogTest {

  @TempDir private Path folder;

  private RuntimeLog log(String text) throws IOException {
    return new RuntimeLog(Files.writeString(folder.resolve("log"), text));
  }

  @ParameterizedTest
  @CsvSource({
    "runc run failed: unable to start container process: exec: `x`: executable file not found, 127",
    "exec: `/bin/x`: stat /bin/x: no such file or directory, 127",
    "executable file `x` not found in $PATH: No such file or directory, 127",
    "exec: `/etc`: permission denied, 126",
    "exec: `/etc`: is a directory, 126",
    "open executable: Permission denied, 126",
    "exec /bin/x: exec format error, 126",
    "mounting `/a` to rootfs: no such file or directory, 125",
    "cgroups in hybrid mode not supported, 125",
  })
  void anErrorHasItsCode(String message, int code) throws IOException {
    String text =
        """
        {"level": "warning", "msg": "something else"}
        no JSON
        {"level": "error", "msg": "MESSAGE"}
        """;

    assertThatThrownBy(() -> log(text.replace("MESSAGE", message)).failIfRefused(1))
        .isInstanceOfSatisfying(
            RuntimeFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  @Test
  void withoutAnErrorTheCodeIsTheProcesss() throws IOException {
    assertThatCode(() -> new RuntimeLog(folder.resolve("none")).failIfRefused(1))
        .doesNotThrowAnyException();
    assertThatCode(() -> log("{\"level\": \"warning\", \"msg\": \"x\"}\n").failIfRefused(1))
        .doesNotThrowAnyException();
    assertThatCode(() -> log("{\"level\": \"error\", \"msg\": \"x\"}\n").failIfRefused(0))
        .doesNotThrowAnyException();
  }
}
