package dev.starling.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.command.UsageException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of the words after an image is the container's name, and what its command. */
class RunLineTest {

  @Test
  void theNameComesBeforeTheCommand() {
    assertThat(RunLine.of("", List.of("test", "echo", "--", "-n")))
        .isEqualTo(new RunLine("test", List.of("echo", "--", "-n")));
    assertThat(RunLine.of("", List.of("test", "--", "echo")))
        .isEqualTo(new RunLine("test", List.of("echo")));
    assertThat(RunLine.of("", List.of("test"))).isEqualTo(new RunLine("test", List.of()));
  }

  @Test
  void withANameGivenAllIsTheCommand() {
    assertThat(RunLine.of("x", List.of("--", "echo", "a")))
        .isEqualTo(RunLine.of("x", List.of("echo", "a")))
        .isEqualTo(new RunLine("x", List.of("echo", "a")));
  }

  @Test
  void withoutANameThereIsOneOfItsOwn() {
    RunLine first = RunLine.of("", List.of("--", "echo"));
    assertThat(first.command()).containsExactly("echo");
    assertThat(first.id()).matches("run-[0-9a-f]{8}");
    assertThat(RunLine.of("", List.of()).id()).isNotEqualTo(first.id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", ".", "..", ".a", "a b", "/bin/sh"})
  void notEverythingIsAName(String name) {
    assertThatThrownBy(() -> RunLine.of("", List.of(name)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("-- COMMAND");
  }
}
