package dev.starling.shell.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.starling.shell.host.EchoCommand;
import dev.starling.shell.host.ExitException;
import dev.starling.shell.host.TestHost;
import dev.starling.shell.plugin.PluginHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptSessionTest {

  @TempDir Path directory;
  private TestHost host;
  private ScriptSession session;

  @BeforeEach
  void session() {
    host = new TestHost(directory, EchoCommand.definition());
    PluginHost plugins = TestHost.noPlugins(directory, host.host()::problem);
    session = new ScriptSession(host.host(), plugins, true);
  }

  private String evaluate(String text) throws Exception {
    return String.valueOf(session.evaluate(text, "test.groovy"));
  }

  @Test
  void aCommandIsAMethodThatReturnsItsRecord() throws Exception {
    assertThat(
            evaluate(
                """
                def said = echo(source: 'a', target: 'b', 'dry-run': true, platforms: ['x', 'y'])
                "${said.source} ${said.target()} ${said.dryRun} ${said.platforms.size()}"
                """))
        .isEqualTo("a b true 2");
    assertThat(evaluate("echo('a', 'b').target")).isEqualTo("b");
    assertThat(evaluate("say 'a'")).startsWith("Echoed[source=a");
    assertThat(host.out()).isEmpty();
  }

  @Test
  void variablesLiveOnAndPrintlnGoesToTheOutput() throws Exception {
    session.set("args", List.of("one"));
    assertThat(evaluate("x = args[0]; println x")).isEqualTo("null");
    assertThat(evaluate("x + 2")).isEqualTo("one2");
    assertThat(host.out()).isEqualTo("one\n");
  }

  @Test
  void itemsAreWorkedOnSideBySideInOrder() throws Exception {
    assertThat(evaluate("parallel([3, 1, 2], bound: 2) { echo('a' + it).source }"))
        .isEqualTo("[a3, a1, a2]");
    assertThat(
            evaluate(
                """
                def meet = new java.util.concurrent.CyclicBarrier(3)
                parallel([1, 2, 3]) { meet.await(30, java.util.concurrent.TimeUnit.SECONDS); it }
                """))
        .isEqualTo("[1, 2, 3]");
  }

  @Test
  void aFailureEndsTheOthersOrIsCollected() throws Exception {
    assertThat(
            evaluate(
                """
                try { parallel([1, 2]) { if (it == 1) { echo('a', fail: 'io') } else { Thread.sleep(60000) } } }
                catch (IOException e) { e.message.tokenize().join(' ') }
                """))
        .isEqualTo("the disk is full");
    assertThat(
            evaluate(
                """
                parallel([1, 2], keepGoing: true) { if (it == 1) { echo('a', fail: 'io') }; it }
                    .collect { it.isDone() ? it.value() : it.failure().message.tokenize().join(' ') }
                """))
        .isEqualTo("[the disk is full, 2]");
    assertThatThrownBy(() -> evaluate("parallel([1], bound: 0) { it }"))
        .hasMessageContaining("bound is 1 to 1000, not 0");
  }

  @Test
  void whatFailsIsTriedAgain() throws Exception {
    assertThat(evaluate("int n = 0; retry(3, 1) { if (++n < 3) throw new IOException('no'); n }"))
        .isEqualTo("3");
    assertThat(
            evaluate(
                """
                int n = 0
                try { retry(2, 1) { n++; throw new IOException('no') } } catch (IOException e) { n }
                """))
        .isEqualTo("2");
  }

  @Test
  void theMachinesShellAndEnvironmentAreAtHand() throws Exception {
    assertThat(evaluate("sh('echo a; echo b')")).isEqualTo("a\nb");
    assertThat(evaluate("env.PATH")).isEqualTo(System.getenv("PATH"));
    assertThatThrownBy(() -> evaluate("sh 'exit 3'")).hasMessageContaining("exit code 3");
    evaluate("log.warn 'careful'");
    assertThat(host.err()).contains("warning: careful");
  }

  @Test
  void functionsClassesAndImportsLiveOn() throws Exception {
    evaluate("import java.util.regex.Pattern\nimport static java.lang.Math.max as most");
    evaluate("class Twin { int n; int both() { 2 * n } }");
    evaluate("def twice(a) { new Twin(n: a).both() }\ndef twice(a, b) { twice(a) + twice(b) }");
    assertThat(evaluate("Pattern.quote('a') + most(1, 2)")).isEqualTo("\\Qa\\E2");
    assertThat(evaluate("twice(4) + [1, 2].collect { twice(it) }.sum() + twice(1, 2)"))
        .isEqualTo("20");
    evaluate("def echo(a) { 'own ' + a }");
    assertThat(evaluate("echo('a')")).isEqualTo("own a");
    evaluate("def twice(a) { 'again ' + a }");
    assertThat(evaluate("twice(1)")).isEqualTo("again 1");
    assertThat(session.variables()).contains("twice", "echo");
  }

  @Test
  void progressOfAScriptIsShownAsThatOfCommands() throws Exception {
    PluginHost plugins = TestHost.noPlugins(directory, host.host()::problem);
    session = new ScriptSession(host.host(), plugins, false);
    assertThat(
            evaluate(
                """
                progress('copying', 2) { p -> [1, 2].each { p.advance(); log.info "at $it" }; 'made' }
                """))
        .isEqualTo("made");
    assertThat(host.err()).isEqualTo("copying: working 2\nat 1\nat 2\ncopying: done 2\n");
    assertThatThrownBy(() ->
            evaluate(
                """
                progress('all', 3_000_000, unit: 'bytes', state: 'pushing') {
                  it.advance(5000); throw new IOException('no')
                }
                """))
        .hasMessage("test.groovy:2: no");
    assertThat(host.err()).endsWith("all: pushing 3.00 MB\nall: failed 5.00 kB\n");
    assertThatThrownBy(() -> evaluate("progress('a', 1, unit: 'miles') { }"))
        .hasMessageContaining("expected one of [bytes, steps], not 'miles'");
    assertThatThrownBy(() -> evaluate("progress('a', 1, colour: 1) { }"))
        .hasMessageContaining("progress has no 'colour'; expected unit or state");
  }

  @Test
  void yamlBecomesValues() throws Exception {
    Path file = Files.writeString(directory.resolve("a.yaml"), "a: &x [1, yes]\nb: *x\n");
    session.set("file", file);
    assertThat(evaluate("yaml(file).b[0] + yaml('c: 2').c")).isEqualTo("3");
    Files.writeString(file, "a:\n  - b: c: d\n");
    assertThatThrownBy(() -> evaluate("yaml(file)"))
        .hasMessageStartingWith("test.groovy:1: " + file + ":2:9: mapping values are not allowed");
    assertThatThrownBy(() -> evaluate("yaml('!!java.io.File [a]')"))
        .hasMessageContaining("the text:1:1: could not determine a constructor");
  }

  @Test
  void jsonBecomesValuesAndBack() throws Exception {
    assertThat(evaluate("toJson([a: [1, \"${'b' + 1}\", null], b: true])"))
        .isEqualTo("{\"a\":[1,\"b1\",null],\"b\":true}");
    assertThat(evaluate("json('{\"a\": [{\"b\": 2}]}').a[0].b")).isEqualTo("2");
    assertThatThrownBy(() -> evaluate("json('{')"))
        .hasMessageContaining("test.groovy:1: the text is no JSON: ")
        .hasMessageContaining("(line 1)");
  }

  @Test
  void failuresCanBeCaught() throws Exception {
    assertThat(
            evaluate(
                """
                try { echo('a', fail: 'io') } catch (IOException e) { "caught ${e.message.size()}" }
                """))
        .isEqualTo("caught 16");
    assertThat(
            evaluate(
                """
                try { echo('a', 'exit-code': 7) }
                catch (CommandFailedException e) { "${e.exitCode} ${e.result.source}" }
                """))
        .isEqualTo("7 a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "echo('a', fail: 'io') | 1 | test.groovy:2: the disk is full",
        "echo('a', fail: 'usage') | 2 | test.groovy:2: --a and --b exclude each other",
        "echo('a', exitCode: 7) | 7 | test.groovy:2: echo reports a failure (exit code 7); the"
            + " exception's result tells more",
        "echo('a', colour: 1) | 2 | test.groovy:2: there is no parameter 'colour'; the parameters"
            + " are debug, dryRun, exitCode, fail, format, platforms, quiet, source, target, times;"
            + " see 'starling echo --help'",
        "ecko('a') | 1 | test.groovy:2: there is no command or method 'ecko' that takes these"
            + " arguments",
        "nothing | 1 | test.groovy:2: there is no 'nothing'",
        "throw new IllegalStateException('x') | 1 | test.groovy:2: IllegalStateException: x",
        "foo) | 2 | test.groovy:2: Unexpected ')'",
      })
  void anUncaughtFailurePointsAtItsLine(String line, int exitCode, String message) {
    ExitException failure =
        catchThrowableOfType(ExitException.class, () -> evaluate("def x = 1\n" + line));
    assertThat(String.valueOf(failure.getMessage()).replace("\n", " ")).startsWith(message);
    assertThat(failure.exitCode()).isEqualTo(exitCode);
  }

  @ParameterizedTest
  @ValueSource(strings = {"def f() {", "[1,", "foo(", "x = '''a", "if (true) {\n  1"})
  void unfinishedTextAsksForMore(String text) {
    assertThat(session.incomplete(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 + 1", "def f() { 1 }", "foo)", "int 3", "}"})
  void finishedOrHopelessTextDoesNot(String text) {
    assertThat(session.incomplete(text)).isFalse();
  }

  @Test
  void anInterruptEndsALoop() throws Exception {
    CompletableFuture<Thread> started = new CompletableFuture<>();
    session.set("started", started);
    CompletableFuture<Object> running =
        CompletableFuture.supplyAsync(() -> {
          try {
            return evaluate("started.complete(Thread.currentThread()); while (true) {}");
          } catch (Exception e) {
            return e;
          }
        });
    started.get(30, TimeUnit.SECONDS).interrupt();
    assertThat(running.get(30, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
  }

  @Test
  void aCancelledCommandIsACancellation() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> evaluate("echo('a', fail: 'wait')"))
        .isInstanceOf(CancellationException.class);
  }
}
