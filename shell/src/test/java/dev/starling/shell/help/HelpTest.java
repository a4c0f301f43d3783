package dev.starling.shell.help;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.shell.command.HostCommands;
import dev.starling.shell.host.BuiltInCommands;
import dev.starling.shell.host.EchoCommand;
import dev.starling.shell.host.TestHost;
import dev.starling.shell.jobs.JobTable;
import dev.starling.shell.plugin.PluginHost;
import dev.starling.shell.session.Aliases;
import dev.starling.shell.session.SessionCommands;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

class HelpTest {
  private static final int WIDTH = 100;

  @TempDir Path directory;
  private TestHost host;
  private CommandLine tree;

  @BeforeEach
  void host() {
    host = new TestHost(directory, EchoCommand.definition());
    PluginHost plugins = TestHost.noPlugins(directory, line -> host.host().problem(line));
    host.host().add(new BuiltInCommands(HostCommands.of(host.host(), plugins, false)));
    host.host()
        .add(
            new SessionCommands(
                new JobTable(host.host()),
                new Aliases(directory.resolve("aliases")),
                TreeMap::new));
    tree = host.host().commands().tree();
  }

  private @Nullable CommandLine find(List<String> words) {
    CommandLine found = tree;
    for (String word : words) {
      found = found == null ? null : found.getSubcommands().get(word);
    }
    return found;
  }

  @Test
  void pagesAreKeptForPlainQuestions() throws Exception {
    KeptPages pages = new KeptPages(directory.resolve("pages"));
    assertThat(pages.find(List.of("ls", "--help"))).isNull();
    pages.keep(tree);

    String page = HelpTexts.of(requireNonNull(find(List.of("ls"))));
    assertThat(pages.find(List.of("ls", "--help"))).isEqualTo(page);
    assertThat(pages.find(List.of("list", "-h"))).isEqualTo(page);
    assertThat(pages.find(List.of("image", "ls", "-h"))).contains("starling image ls");
    assertThat(pages.find(List.of("--help"))).isNull();
    assertThat(pages.find(List.of("image", "--help"))).isNull();
    assertThat(pages.find(List.of("ls"))).isNull();
    assertThat(pages.find(List.of("ls", "--quiet", "--help"))).isNull();
    assertThat(pages.find(List.of("../pages/ls", "--help"))).isNull();
  }

  @Test
  void aPageIsMadeOfTheAnnotations() {
    assertThat(host.run("help echo")).isZero();
    assertThat(host.out())
        .startsWith(
            """
            NAME
              starling echo, say - Says back what it got.

            SYNOPSIS
              starling echo [OPTION...] SOURCE [TARGET]

            ARGUMENTS
            """)
        .containsSubsequence(
            "      SOURCE ",
            "\nOPTIONS\n",
            "--dry-run",
            "\nRECORD\n",
            "  source  ",
            "\nEXIT CODES\n")
        .endsWith(
            "0 done, 1 failed, 2 wrong usage, 130 cancelled; see 'starling help exit-codes'.\n");
  }

  @Test
  void helpAfterACommandIsTheSame() {
    host.run("help registry serve");
    String page = host.out();
    host.run("registry serve --help");
    assertThat(host.out()).isEqualTo(page + page);
  }

  @Test
  void everythingIsFoundFromHelp() {
    assertThat(host.run("help")).isZero();
    String list = host.out();
    assertThat(list).contains("\nMore\n  echo, say");
    HelpTexts.pages(tree)
        .map(page -> page.name().split(" ", -1)[1])
        .forEach(word -> assertThat(list).contains("\n  " + word));
    for (Topic topic : Topic.values()) {
      assertThat(list).contains("\n  " + topic.word() + " ");
    }
    assertThat(list.lines()).allMatch(line -> line.length() <= WIDTH);
  }

  @ParameterizedTest
  @EnumSource
  void aTopicIsReadableAndLeadsOn(Topic topic) {
    assertThat(host.run("help " + topic.word())).isZero();
    String text = host.out();
    assertThat(text.lines()).allMatch(line -> line.length() <= WIDTH);
    Matcher also = Pattern.compile("\nSEE ALSO\n  (.*)\n$").matcher(text);
    assertThat(also.find()).isTrue();
    assertReferences(Arrays.asList(also.group(1).split(", ", -1)));
  }

  /** Those of plugins are looked at where there are plugins. */
  private void assertReferences(List<String> references) {
    List<String> plugins =
        List.of(
            "convert",
            "optimize",
            "run",
            "rpull",
            "mount",
            "unmount",
            "status",
            "cache",
            "mounts",
            "snapshotter",
            "cache prune",
            "cache ls",
            "cache size",
            "mounts prune");
    List<String> unknown = new ArrayList<>();
    for (String reference : references) {
      List<String> words = List.of(reference.split(" ", -1));
      boolean topic =
          words.size() == 2
              && words.getFirst().equals("help")
              && Topic.of(words.getLast()).isPresent();
      if (!topic && !plugins.contains(reference) && find(words) == null) {
        unknown.add(reference);
      }
    }
    assertThat(unknown).isEmpty();
  }

  @Test
  void everyCommandHasASummaryAnExampleAndALeadOn() {
    HelpTexts.pages(tree)
        .filter(page -> !page.name().equals("starling echo"))
        .forEach(page -> {
          assertThat(page.summary()).as(page.name()).endsWith(".").hasSizeLessThan(WIDTH);
          assertThat(page.examples()).as("examples of " + page.name()).isNotEmpty();
          assertThat(page.seeAlso()).as("see also of " + page.name()).isNotEmpty();
          assertReferences(page.seeAlso());
          assertThat(page.text().lines()).allMatch(line -> line.length() <= WIDTH);
        });
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertThat(host.run("help nothing")).isEqualTo(2);
    assertThat(host.err())
        .isEqualTo(
            "starling: there is no command or topic 'nothing'; 'starling help' lists them\n");
  }

  @Test
  void manGetsItsSource() {
    assertThat(host.run("help --man completion")).isZero();
    assertThat(host.out())
        .startsWith(
            """
            .TH STARLING-COMPLETION 1 "" "Starling 0.1.0"
            .SH NAME
            starling\\-completion \\- Print a script\
            """)
        .contains("\n.SH EXAMPLES\n.nf\nsource <(starling completion bash)\n");
  }
}
