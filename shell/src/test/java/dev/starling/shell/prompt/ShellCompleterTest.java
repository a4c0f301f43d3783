package dev.starling.shell.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.shell.command.HostCommands;
import dev.starling.shell.host.BuiltInCommands;
import dev.starling.shell.host.EchoCommand;
import dev.starling.shell.host.JobScope;
import dev.starling.shell.host.TestHost;
import dev.starling.shell.jobs.JobTable;
import dev.starling.shell.plugin.PluginHost;
import dev.starling.shell.session.Aliases;
import dev.starling.shell.session.Session;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellCompleterTest {

  @TempDir Path directory;
  private TestHost host;
  private Session session;

  @BeforeEach
  void session() {
    host = new TestHost(directory, EchoCommand.definition());
    session =
        new Session(
            host.host(),
            TestHost.noPlugins(directory, host.host()::problem),
            JobScope.on(host.host().console()),
            new Aliases(directory.resolve("aliases")),
            new JobTable(host.host()),
            OutputStream::nullOutputStream);
  }

  private List<String> complete(String line) throws Exception {
    List<Candidate> candidates = new ArrayList<>();
    try (Terminal terminal =
        new DumbTerminal(java.io.InputStream.nullInputStream(), OutputStream.nullOutputStream())) {
      LineReader reader = LineReaderBuilder.builder().terminal(terminal).build();
      new ShellCompleter(host.host(), session, new ValueLookups())
          .complete(reader, TypedLine.of(line, line.length(), session.parser()), candidates);
    }
    return candidates.stream().map(Candidate::value).toList();
  }

  @Test
  void completesCommandsAndVariables() throws Exception {
    session.variables();
    session.run("img = echo a -q", false);
    assertThat(complete("ec")).contains("echo", "exit", "image", "img", "_");
    assertThat(complete("x = ec")).contains("echo");
    assertThat(complete("image ")).contains("echo");
    assertThat(complete("echo a; ec")).contains("echo");
  }

  @Test
  void completesOptionsAndTheirValues() throws Exception {
    assertThat(complete("echo --pla")).contains("--platforms", "--format");
    assertThat(complete("echo --format ")).containsExactly("text", "json");
    assertThat(complete("echo a --format=j")).containsExactly("--format=text", "--format=json");
  }

  @Test
  void completesTheIdsOfPlugins() throws Exception {
    for (String id : List.of("one", "two")) {
      Path folder = Files.createDirectories(directory.resolve("plugins").resolve(id));
      Files.writeString(
          folder.resolve("plugin.properties"),
          "plugin.id=" + id + "\nplugin.version=1.0.0\nstarling.commands=say-" + id);
    }
    Files.writeString(directory.resolve("plugins/disabled.txt"), "two say-two\n");
    PluginHost plugins = TestHost.noPlugins(directory, host.host()::problem);
    host.host().add(new BuiltInCommands(HostCommands.of(host.host(), plugins, false)));
    assertThat(complete("plugin info ")).containsExactly("one", "two");
    assertThat(complete("plugin enable ")).containsExactly("two");
    assertThat(complete("plugin disable ")).containsExactly("one");
    assertThat(complete("plugin unload ")).isEmpty();
    assertThat(complete("plugin load ")).contains("one").doesNotContain("two");
  }

  @Test
  void completesFilesAfterRedirections() throws Exception {
    Files.createFile(directory.resolve("one two"));
    Files.createDirectory(directory.resolve("sub"));
    String folder = directory + "/";
    assertThat(complete("echo a > " + folder)).contains(folder + "one two", folder + "sub/");
    TypedLine line = TypedLine.of("echo a > " + folder, 9 + folder.length(), session.parser());
    assertThat(line.escape(folder + "one two", true)).hasToString("'" + folder + "one two'");
  }

  @Test
  void completesFiltersAndGroovy() throws Exception {
    assertThat(complete("echo a | gr")).containsExactly("grep", "head", "less", "tail");
    session.run("img = echo a -q", false);
    assertThat(complete("println(im")).contains("img", "echo(");
    assertThat(complete("println(img.so")).contains("img.source", "img.target");
    assertThat(complete("echo a | { it + img.so")).contains("img.source");
  }
}
