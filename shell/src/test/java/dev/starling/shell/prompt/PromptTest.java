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
    PluginHost plugins = TestHost.noPlugins(directory, host.host()::problem);
    try (Terminal terminal = dumb(text)) {
      Prompt.run(
          host.host(),
          plugins,
          directory.resolve("data/history"),
          directory.resolve("config/aliases"),
          terminal);
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
            "starling: line.groovy:1: there is no 'nothing'; 'help' lists the commands\n",
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
  void aResultIsAssigned() throws Exception {
    assertThat(type("it = echo 'b c' -q\nit.source\ndef n = 4\nn + 1\n"))
        .as(() -> host.err())
        .isEqualTo("b c\nb c\n4\n5\n");
  }

  @Test
  void statementsStandOnOneLineAndTheFirstFailureEndsIt() throws Exception {
    assertThat(type("echo a -q; echo b -q\necho c --fail io; echo d -q\n# nothing\necho e -q\n"))
        .isEqualTo("a\nb\ne\n");
  }

  @Test
  void resultsGoThroughPipes() throws Exception {
    assertThat(type("echo 'abc' -q | grep -i AB\necho abc -q | grep x\n")).isEqualTo("abc\n");
  }

  @Test
  void valuesGoThroughClosures() throws Exception {
    assertThat(
            type("echo abc -q | { it.source.toUpperCase() } | { [it, 'x'] } | grep C\n_.size()\n"))
        .as(() -> host.err())
        .isEqualTo("ABC\n2\n");
  }

  @Test
  void textIsWrittenToFiles() throws Exception {
    Path file = directory.resolve("a file");
    type("echo a -q > '" + file + "'\necho b -q >> '" + file + "'\n");
    assertThat(file).hasContent("a\nb\n");
  }

  @Test
  void aliasesAreKept() throws Exception {
    assertThat(type("alias hi='echo hello -q'\nhi | grep hello\nx = hi there\nx.target\n"))
        .as(() -> host.err())
        .isEqualTo("hello\nhello to there\nthere\n");
    assertThat(type("hi\nunalias hi\nhi\n")).endsWith("hello\n");
    assertThat(host.err()).contains("there is no 'hi'");
  }

  @Test
  void linesOfTheHistoryRunAgain() throws Exception {
    assertThat(type("echo a -q\n!!\n!ec\n!1\necho b !$\n!nothing\n")).isEqualTo("a\na\na\na\nb\n");
  }

  @Test
  void jobsRunInTheBackground() throws Exception {
    assertThat(type("x = echo a -q &\nfg\nx.source\njobs\n"))
        .as(() -> host.err())
        .contains("a\n", "done");
    assertThat(type("echo a --fail wait &\nkill %1\nfg %1\njobs\n")).contains("cancelled");
  }
}
