package dev.starling.shell.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.shell.host.EchoCommand;
import dev.starling.shell.host.TestHost;
import dev.starling.shell.plugin.PluginHost;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jline.reader.Candidate;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Parser;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Drives the prompt on a dumb terminal over pipes. */
@Timeout(120)
class PromptTest {

  @TempDir Path directory;
  private TestHost host;

  @BeforeEach
  void host() {
    host = new TestHost(directory, EchoCommand.definition());
  }

  /** Types the text, then Ctrl-D; gives what results printed. */
  private String type(String text) throws Exception {
    PluginHost plugins = new PluginHost(List::of, () -> directory, host.host()::problem);
    try (Terminal terminal = dumb(text)) {
      Prompt.run(host.host(), plugins, directory.resolve("data/history"), terminal);
    }
    return host.out();
  }

  private static Terminal dumb(String text) throws Exception {
    return new DumbTerminal(
        "test",
        Terminal.TYPE_DUMB,
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
        new ByteArrayOutputStream(),
        StandardCharsets.UTF_8);
  }

  @Test
  void aLineIsACommandOrGroovy() throws Exception {
    assertThat(type("echo a -q\n\n1 + 1\necho 'b c' -q\nexit\necho never\n"))
        .isEqualTo("a\n2\nb c\n");
  }

  @Test
  void theLastResultIsAVariable() throws Exception {
    assertThat(type("echo a b -q\n_.target\nx = echo('c', quiet: true).source\nx + _\n"))
        .as(() -> host.err())
        .isEqualTo("a to b\nb\nc\ncc\n");
  }

  @Test
  void unfinishedGroovyGoesOnInTheNextLine() throws Exception {
    assertThat(type("def twice(x) {\n  x * 2\n}\n[1,\n 2].sum()\n")).contains("3\n");
  }

  @Test
  void failuresAreOneLineAndThePromptGoesOn() throws Exception {
    assertThat(type("echo a --fail io\nnothing\necho a --nonsense\necho b -q\n")).isEqualTo("b\n");
    assertThat(host.err())
        .contains(
            "starling: the disk is full\n",
            "starling: line.groovy:1: there is no 'nothing'\n",
            "starling: unknown option '--nonsense'");
  }

  @Test
  void historyIsKeptForItsOwnerWithoutCredentials() throws Exception {
    type("echo a -q\necho https://me:pw@host/ -q\n");
    Path history = directory.resolve("data/history");
    assertThat(Files.readString(history)).contains("echo a -q").doesNotContain("pw@host");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
        .isEqualTo("rw-------");
  }

  @Test
  void completesCommandsOptionsAndValues() throws Exception {
    assertThat(complete("ec")).contains("echo");
    assertThat(complete("he")).contains("help");
    assertThat(complete("image ")).contains("echo", "say");
    assertThat(complete("echo --pla")).containsExactly("--platforms");
    assertThat(complete("echo --format ")).contains("TEXT", "JSON");
  }

  private List<String> complete(String line) throws Exception {
    List<Candidate> candidates = new ArrayList<>();
    PromptParser parser = new PromptParser(_ -> LineKind.COMMAND, _ -> false);
    try (Terminal terminal = dumb("")) {
      LineReader reader = LineReaderBuilder.builder().terminal(terminal).build();
      new CommandCompleter(host.host()::tree, Set.of("help"))
          .complete(
              reader, parser.parse(line, line.length(), Parser.ParseContext.COMPLETE), candidates);
    }
    return candidates.stream().map(Candidate::value).toList();
  }
}
