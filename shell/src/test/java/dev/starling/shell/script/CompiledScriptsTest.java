package dev.starling.shell.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.starling.shell.host.EchoCommand;
import dev.starling.shell.host.TestHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts that are run again are not compiled again, and nobody sees a difference. */
class CompiledScriptsTest {

  private static final String TEXT =
      """
      class Pair { int a, b; int sum() { [a, b].sum { it } } }
      def twice(n) { 2 * n }
      if (args) { throw new IllegalStateException('made to fail') }
      "${twice(new Pair(a: 1, b: 2).sum())} ${echo('x', 'y').target} ${getClass().classLoader}"
      """;

  @TempDir private Path directory;
  private TestHost host = new TestHost(Path.of(""));

  @BeforeEach
  void host() {
    host = new TestHost(directory, EchoCommand.definition());
  }

  private Path folder() {
    return directory.resolve("kept");
  }

  private ScriptSession session() {
    return new ScriptSession(
        host.host(),
        TestHost.noPlugins(directory, host.host()::problem),
        true,
        host.host().scope(),
        new CompiledScripts(folder()));
  }

  private List<Path> kept() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.sorted().toList();
    }
  }

  @Test
  void theSecondProcessDoesNotCompile() throws Exception {
    String first = String.valueOf(session().evaluate(TEXT, "a.groovy"));
    assertThat(first).startsWith("6 y ").doesNotContain("KeptClasses");
    assertThat(kept()).hasSize(1);
    String second = String.valueOf(session().evaluate(TEXT, "a.groovy"));
    assertThat(second).startsWith("6 y ").contains("KeptClasses");
    assertThat(kept()).hasSize(1);
  }

  @Test
  void anErrorNamesTheSameLine() throws Exception {
    session().evaluate(TEXT, "a.groovy");
    ScriptSession again = session();
    again.set("args", List.of("fail"));
    assertThatThrownBy(() -> again.evaluate(TEXT, "a.groovy"))
        .hasMessage("a.groovy:3: IllegalStateException: made to fail");
  }

  @Test
  void anotherTextOrNameIsAnotherScript() throws Exception {
    session().evaluate("1", "a.groovy");
    assertThat(session().evaluate("2", "a.groovy")).isEqualTo(2);
    assertThat(session().evaluate("1", "b.groovy")).isEqualTo(1);
    assertThat(kept()).hasSize(3);
  }

  @Test
  void whatIsTornIsCompiledAnew() throws Exception {
    session().evaluate(TEXT, "a.groovy");
    Path file = kept().getFirst();
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 1, whole.length / 2, whole.length - 30}) {
      Files.write(file, java.util.Arrays.copyOf(whole, length));
      assertThat(session().evaluate(TEXT, "a.groovy")).asString().startsWith("6 y ");
    }
    Files.writeString(file, "no jar");
    assertThat(session().evaluate(TEXT, "a.groovy")).asString().startsWith("6 y ");
    assertThat(Files.readAllBytes(file)).hasSizeGreaterThan(100);
  }

  @Test
  void thoseUsedLongestAgoMakeRoom() throws Exception {
    for (int i = 0; i < CompiledScripts.MOST + 3; i++) {
      session().evaluate(String.valueOf(i), "a.groovy");
    }
    assertThat(kept()).hasSize(CompiledScripts.MOST);
  }

  @Test
  void whatAKilledProcessLeftIsRemoved() throws Exception {
    Files.createDirectories(folder());
    Path left = Files.createFile(folder().resolve("new-1.tmp"));
    Path now = Files.createFile(folder().resolve("new-2.tmp"));
    Files.setLastModifiedTime(left, FileTime.from(Instant.now().minusSeconds(3600)));
    session().evaluate("1", "a.groovy");
    assertThat(kept()).hasSize(2).contains(now).doesNotContain(left);
  }

  @Test
  void aFolderThatCannotBeMadeIsNoFailure() throws Exception {
    Files.writeString(folder(), "a file");
    assertThat(session().evaluate("1 + 1", "a.groovy")).isEqualTo(2);
  }
}
