package dev.starling.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.shell.host.BuiltInCommands;
import dev.starling.shell.host.CommandFamily;
import dev.starling.shell.host.CommandSource;
import dev.starling.shell.host.CommandSource.Sourced;
import dev.starling.shell.host.TestHost;
import dev.starling.shell.host.Wanted;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built-in commands: found by the words that name them, and defined only then. */
class HostCommandsTest {

  @TempDir private Path directory;

  private List<CommandFamily> families = List.of();

  @BeforeEach
  void make() {
    TestHost host = new TestHost(directory);
    families =
        HostCommands.of(host.host(), TestHost.noPlugins(directory, host.host()::problem), false);
  }

  @Test
  void familiesSayTheWordsThatNameTheirCommands() {
    for (CommandFamily family : families) {
      Set<String> words =
          family.definitions().get().stream()
              .flatMap(definition -> CommandSource.firstWords(definition).stream())
              .collect(Collectors.toSet());
      assertThat(family.words()).isEqualTo(words);
    }
  }

  @Test
  void definesOnlyWhatMayBeMeant() {
    BuiltInCommands commands = new BuiltInCommands(families);
    assertThat(names(commands, new Wanted.Named(Set.of("version", "--format", "json"))))
        .containsExactly("version");
    assertThat(names(commands, new Wanted.Named(Set.of("plugin", "info", "a"))))
        .contains("info")
        .doesNotContain("shell", "pull");
    assertThat(names(commands, new Wanted.All())).contains("pull", "info", "shell", "version");
  }

  private static List<String> names(BuiltInCommands commands, Wanted wanted) {
    return commands.commands(wanted).stream()
        .map(Sourced::definition)
        .map(definition -> definition.name())
        .toList();
  }
}
