package dev.starling.shell.script.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.api.command.CommandDefinition;
import dev.starling.shell.host.EchoCommand;
import dev.starling.shell.host.TestHost;
import dev.starling.shell.image.ImageCommands;
import dev.starling.shell.plugin.PluginHost;
import dev.starling.shell.script.ScriptProblem;
import dev.starling.shell.script.ScriptSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptCheckerTest {

  @TempDir Path directory;
  private ScriptSession session;

  @BeforeEach
  void session() {
    List<CommandDefinition<?>> commands = new ArrayList<>(ImageCommands.all());
    commands.add(EchoCommand.definition());
    TestHost host = new TestHost(directory, commands.toArray(CommandDefinition<?>[]::new));
    PluginHost plugins = TestHost.noPlugins(directory, host.host()::problem);
    session = new ScriptSession(host.host(), plugins, true);
  }

  private List<String> check(String text) {
    return session.check(text, "t.groovy").stream().map(ScriptProblem::toString).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "echo('a', dryRum: true) | 1:11: echo has no parameter 'dryRum'; did you mean dryRun?; see"
            + " 'starling echo --help'",
        "echo('a', 'dry-rum': true) | 1:11: echo has no parameter 'dry-rum'; did you mean dryRun?;"
            + " see 'starling echo --help'",
        "ehco('a') | 1:1: there is no command or function 'ehco'; did you mean echo?",
        "def f = { parralel([1]) { it } } | 1:11: there is no command or function 'parralel'; did"
            + " you mean parallel?",
        "ls().imges | 1:6: LsResult has no 'imges'; did you mean images?",
        "def all = ls(); all.imges() | 1:21: LsResult has no method 'imges'; did you mean images?",
        "all = ls(); all.imges | 1:17: LsResult has no 'imges'; did you mean images?",
        "ls().images.each { it.nam } | 1:23: Entry has no 'nam'; did you mean name?",
        "ls().images*.nam | 1:14: Entry has no 'nam'; did you mean name?",
        "ls().images.nam | 1:13: Entry has no 'nam'; did you mean name?",
        "for (i in ls().images) { i.nam() } | 1:28: Entry has no method 'nam'; did you mean"
            + " name?",
        "parallel(ls().images) { it.nam } | 1:28: Entry has no 'nam'; did you mean name?",
        "parallel(['a']) { inspect(it) }.each { it.digst } | 1:43: InspectResult has no 'digst';"
            + " did you mean digest?",
        "parallel(['a'], keepGoing: true) { inspect(it) }.each { it.digest } | 1:60: Attempt has no"
            + " 'digest'",
        "parallel(['a'], keepGoing: true) { inspect(it) }.each { it.value().digst } | 1:68:"
            + " InspectResult has no 'digst'; did you mean digest?",
        "retry(2) { inspect('a') }.digst | 1:27: InspectResult has no 'digst'; did you mean digest?",
        "def m = [a: ls()]; m.a.imges | 1:24: LsResult has no 'imges'; did you mean images?",
        "inspect('a').images.first().lazy | 1:29: PlatformImage has no 'lazy'; there is a method:"
            + " lazy()",
        "echo() | 1:1: echo needs source as well; see 'starling echo --help'",
        "echo('a', 'b', 'c') | 1:1: echo takes 2 unnamed arguments (source, target), not 3",
        "echo('a', times: 'x') | 1:18: invalid value for option '--times': 'x' is not an int; see"
            + " 'starling echo --help'",
        "echo('a', dryRun: 'yes') | 1:19: echo: dryRun is a flag; expected true or false, got 'yes'",
        "println cuont | 1:9: there is no variable 'cuont'",
        "count = 1; println cuont | 1:20: there is no variable 'cuont'; did you mean count?",
        "println ls | 1:9: there is no variable 'ls'; the command is called by ls()",
        "'a'.toUppercase() | 1:5: String has no method 'toUppercase'; did you mean toUpperCase?",
        "Files.exist(Path.of('a')) | 1:7: Files has no method 'exist'; did you mean exists?",
        "foo) | 1:4: Unexpected ')'",
      })
  void mistakesAreFound(String text, String problem) {
    assertThat(check(text)).containsExactly("t.groovy:" + problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "def options = [dryRun: true]; options += [times: 3]; options.fail = 'x'; echo(options, 'a')",
        "def why(image) { image.anything() + image.other }",
        "def (a, b) = 'x y'.tokenize(); echo(a, b)",
        "def all = [1, ls()]; all[1].images; for (x in all) { x.whatever }",
        "def x = null; [1].each { x = ls() }; x.images",
        "f = { it + 1 }; f(1)",
        "def f(a) { a + 1 }; f(1); [1, 2].collect(this.&f)",
        "args[0].toUpperCase(); log.info 'x'; env.HOME; out.println 'y'; println args.size()",
        "echo(*args)",
        "def images = yaml('a: b').images; images.countBy { it.a }.findAll { it.value > 1 }.keySet()",
        "echo(source: 'a', target: null, quiet: true, format: 'json', h: true)",
        "parallel(ls().images, bound: 2) { it.name }.join(', ')",
        "def r = sh('ls'); def n = r as int; String s = ls().images.size(); n++",
        "class Foo { String a; def b() { a } }; new Foo(a: 'x').b(); new Foo().a",
        "enum E { ONE }; println E.ONE",
        "try { pull('a') } catch (CommandFailedException e) { println \"${e.result} ${e.message}\" }",
        "def s = new HashSet(); s << 1; s.contains(1); [a: 1].a; [a: 1].each { k, v -> k }",
        "ls().images.collect { it.name() }.unique().sort()*.length().max()",
        "inspect('a').images.collectMany { it.layers }.groupBy { it.digest }.each { k, v -> v.size }",
      })
  void whatRunsIsLeftAlone(String text) {
    assertThat(check(text)).isEmpty();
  }

  @Test
  void allOfTheMistakesAreTold() {
    assertThat(
            check(
                "ehco('a')\ndef all = ls()\nall.images.each { println it.nam }\necho('a', tims: 1)"))
        .containsExactly(
            "t.groovy:1:1: there is no command or function 'ehco'; did you mean echo?",
            "t.groovy:3:30: Entry has no 'nam'; did you mean name?",
            "t.groovy:4:11: echo has no parameter 'tims'; did you mean times?; see 'starling echo"
                + " --help'");
  }

  @Test
  void nothingRuns() throws IOException {
    Path mark = directory.resolve("mark");
    check(
        "Files.writeString(Path.of('"
            + mark
            + "'), 'x')\nstatic { new File('"
            + mark
            + "').createNewFile() }");
    assertThat(Files.exists(mark)).isFalse();
  }
}
