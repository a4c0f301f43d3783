package dev.starling.shell.completion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.shell.command.HostCommands;
import dev.starling.shell.host.BuiltInCommands;
import dev.starling.shell.host.TestHost;
import dev.starling.shell.plugin.PluginHost;
import dev.starling.testkit.peer.Program;
import dev.starling.testkit.peer.Requirement;
import dev.starling.testkit.peer.Tmux;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The scripts in the shells that they are for, in a terminal, key by key. */
@Timeout(120)
class CompletionScriptTest {

  @TempDir Path directory;
  private TestHost host;

  @BeforeEach
  void prepare() throws Exception {
    host = new TestHost(directory);
    PluginHost plugins = TestHost.noPlugins(directory, line -> host.host().problem(line));
    host.host().add(new BuiltInCommands(HostCommands.of(host.host(), plugins, false)));
    Files.createDirectories(directory.resolve("data/images"));
    Files.writeString(
        directory.resolve("data/images/index.json"),
        """
        {"manifests": [{"annotations": {"io.containerd.image.name": "localhost:5000/team/app:1.0"}},
         {"annotations": {"io.containerd.image.name":"docker.io/library/other:2"}}]}
        """);
    Files.createFile(
        directory.resolve("starling"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    Files.writeString(directory.resolve("mine.groovy"), "");
  }

  private static List<String> command(CompletionScript shell) {
    return switch (shell) {
      case BASH -> List.of("bash", "--noprofile", "--norc", "-i");
      case ZSH -> List.of("zsh", "-f", "-i");
      case FISH -> List.of("fish", "--no-config", "-i");
    };
  }

  private String script(CompletionScript shell) {
    assertThat(host.run("completion " + shell.name().toLowerCase(Locale.ROOT))).isZero();
    return host.out();
  }

  @ParameterizedTest
  @EnumSource
  void completesAsOneTypes(CompletionScript shell) throws Exception {
    Requirement.programs(command(shell).getFirst(), "awk");
    Path script = Files.writeString(directory.resolve("script"), script(shell));
    Program program =
        Program.of(command(shell).toArray(String[]::new))
            .in(directory)
            .with("HOME", directory.toString())
            .with("XDG_CONFIG_HOME", directory.resolve("config").toString())
            .with("XDG_DATA_HOME", directory.resolve("data").toString())
            // Else fish leaves a folder in the temporary folder.
            .with("XDG_RUNTIME_DIR", directory.toString())
            .with("PATH", directory + ":" + System.getenv("PATH"));
    try (Tmux terminal = Tmux.start(program, 120, 50)) {
      // Typed before the shell reads keys, a line may be lost.
      terminal.line("source " + script + " && echo read''y");
      terminal.await("ready");
      completes(terminal, "starling insp", "starling inspect");
      completes(terminal, "./starling check --plat", "./starling check --platform");
      completes(
          terminal, directory + "/starling pull --platform linux/ppc", "--platform linux/ppc64le");
      completes(terminal, "starling image pull --platform linux/amd64,linux/s3", "linux/s390x");
      completes(terminal, "starling -q version --format j", "--format json");
      completes(terminal, "starling version --format=j", "--format=json");
      completes(terminal, "starling inspect localhost:5000/te", "localhost:5000/team/app:1.0");
      completes(terminal, "starling rm oth", "starling rm other:2");
      completes(terminal, "starling script mi", "starling script mine.groovy");
      completes(terminal, "starling help exit", "starling help exit-codes");
      completes(terminal, "starling completion zs", "starling completion zsh");
      completes(terminal, "starling registry s", "starling registry serve");
    }
  }

  private static void completes(Tmux terminal, String typed, String wanted) throws Exception {
    terminal.type(typed);
    terminal.press("Tab");
    terminal.await(wanted);
    terminal.press("C-u");
    terminal.line("clear");
    terminal.await("a clean screen", screen -> !screen.contains(wanted));
  }

  @Test
  void fishTellsWhatItWouldPropose() throws Exception {
    Requirement.programs("fish", "awk");
    Path script = Files.writeString(directory.resolve("script"), script(CompletionScript.FISH));
    String proposals =
        Program.of("fish", "--no-config", "-c", "source " + script + "; complete -C 'starling pl'")
            .in(directory)
            .with("XDG_RUNTIME_DIR", directory.toString())
            .check();
    assertThat(proposals).startsWith("plugin\tPlugins: what ").hasLineCount(1);
  }

  @Test
  void theTableIsSmallEnoughForEveryShellsStart() {
    assertThat(script(CompletionScript.BASH))
        .hasSizeLessThan(64 * 1024)
        .contains("Print Starling'\\''s version.");
  }
}
