package dev.starling.shell.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.api.command.CommandResult;
import dev.starling.api.command.Placement;
import dev.starling.shell.host.EchoCommand.Echoed;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.ParameterException;

class ScriptCallTest {

  @TempDir Path directory;

  private CommandHost host() {
    return new TestHost(
            directory, EchoCommand.definition(), EchoCommand.definition(Placement.in("registry")))
        .host();
  }

  private Echoed call(Map<String, ?> named, Object... positional) throws Exception {
    CommandResult result = host().call("echo", named, List.of(positional), false);
    return (Echoed) result;
  }

  @Test
  void namedArgumentsBecomeOptionsAndPositionals() throws Exception {
    Echoed said =
        call(
            Map.of(
                "target",
                "b",
                "source",
                "-a",
                "platforms",
                List.of("x", "y"),
                "dryRun",
                true,
                "times",
                3));
    assertThat(said.source()).isEqualTo("-a");
    assertThat(said.target()).isEqualTo("b");
    assertThat(said.platforms()).containsExactly("x", "y");
    assertThat(said.dryRun()).isTrue();
    assertThat(said.times()).isEqualTo(3);
  }

  @Test
  void dashedNamesAndPositionalsWork() throws Exception {
    Echoed said = call(Map.of("dry-run", true, "quiet", true), "a", Path.of("b"));
    assertThat(said.source()).isEqualTo("a");
    assertThat(said.target()).isEqualTo("b");
    assertThat(said.dryRun()).isTrue();
  }

  @Test
  void aFalseFlagIsNotGiven() throws Exception {
    assertThat(call(Map.of("dryRun", false), "a").dryRun()).isFalse();
  }

  @Test
  void mistakesAreUsageErrors() {
    assertThatThrownBy(() -> call(Map.of("dryrun", true), "a"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("there is no parameter 'dryrun'; the parameters are debug, dryRun");
    assertThatThrownBy(() -> call(Map.of("target", "b")))
        .hasMessageContaining("target is given, but not source before it");
    assertThatThrownBy(() -> call(Map.of("dryRun", "yes"), "a"))
        .hasMessageContaining("dryRun is a flag");
    assertThatThrownBy(() -> call(Map.of("times", "x"), "a")).hasMessageContaining("not an int");
    assertThatThrownBy(() -> host().call("ecko", Map.of(), List.of(), false))
        .isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void commandsOfGroupsAreNamedAfterBoth() {
    assertThat(host().commands().scriptNames()).containsExactly("echo", "registryEcho", "say");
  }
}
