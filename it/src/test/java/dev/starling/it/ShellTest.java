package dev.starling.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.testkit.peer.Tmux;
import dev.starling.testkit.recipe.TestImages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The interactive shell as a person has it: in a real terminal, key by key. */
@Timeout(240)
@ExtendWith(Lab.Provider.class)
class ShellTest {
  private static final String PROMPT = "starling> ";

  @TempDir Path temporary;
  private Starling starling;
  private Tmux shell;

  @BeforeEach
  void open() throws Exception {
    starling = Starling.in(temporary);
    shell = Tmux.start(starling.program(), 110, 40);
    shell.await(PROMPT.strip());
  }

  /** What was seen stays as a text, target/sessions/TEST.txt. */
  @AfterEach
  void close(TestInfo test) throws Exception {
    try (Tmux seen = shell) {
      Path sessions = Starling.sourceTree().resolve("it/target/sessions");
      Files.createDirectories(sessions);
      String name = test.getTestMethod().orElseThrow().getName();
      Files.writeString(sessions.resolve(name + ".txt"), seen.history());
    }
  }

  /** Presses TAB until the screen shows the text: what is looked up may come with a later one. */
  private void complete(String typed, String wanted) throws Exception {
    shell.type(typed);
    shell.await(typed.strip());
    shell.await(
        wanted,
        screen -> {
          if (screen.contains(wanted)) {
            return true;
          }
          press("Tab");
          return false;
        });
    shell.press("C-c");
  }

  private void press(String key) {
    try {
      shell.press(key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void completesCommandsOptionsValuesAndTags(Lab lab) throws Exception {
    String image = lab.busybox();
    lab.registry().fill(TestImages.busybox(), "org", "busybox:only-remote");
    complete("conv", "convert");
    complete("convert --estargz-min", "--estargz-min-chunk-size");
    complete("version --format j", "version --format json");
    complete("pull --platform linux/ppc", "linux/ppc64le");
    complete("help exi", "help exit-codes");

    shell.line("pull -q " + image);
    shell.await("next: starling convert");
    complete("inspect " + image.substring(0, image.length() - 5), "inspect " + image);
    String repository = image.substring(0, image.lastIndexOf(':'));
    complete("inspect " + repository + ":only", "inspect " + repository + ":only-remote");
  }

  @Test
  void convertsInTheBackgroundWhileOneTypes(Lab lab) throws Exception {
    String image = lab.debian("base");
    shell.line("convert --oci --estargz " + image + " made:1 &");
    shell.await("1 job]>");
    shell.type("1 + ");
    shell.await(
        "progress below the prompt",
        screen ->
            screen
                .strip()
                .lines()
                .toList()
                .getLast()
                .matches("\\[1\\] .*(converting|fetching|B).*"));
    shell.type("2");
    shell.press("Enter");
    shell.await("\n3\n");
    shell.line("fg");
    String screen = shell.await("[1] done after");
    assertThat(screen).contains("written to the local image store as docker.io/library/made:1");
    shell.line("ls | { it.findAll { it.lazy }.collect { it.name().reverse() } }");
    shell.await("1:edam/yrarbil/oi.rekcod");
  }

  @Test
  void cancelsWithControlCAndLeavesWithAWordAboutJobs(Lab lab) throws Exception {
    String image = lab.debian("base");
    shell.line("convert --oci --estargz " + image + " made:1 &");
    shell.await("1 job]>");
    shell.line("convert --oci --zstdchunked " + image + " made:2");
    shell.await(
        "the foreground's progress",
        screen -> screen.contains("\n" + PROMPT) || lines(screen, "converting") > 0);
    shell.press("C-c");
    shell.await("starling: cancelled");
    shell.line("jobs | grep -v cancelled");
    shell.await(
        "the next prompt",
        screen -> screen.matches("(?s).*\\[1\\]  running[^\\n]*\\nstarling[^\\n]*> *\\n.*"));
    shell.press("C-d");
    shell.await("1 job is still running: convert");
    shell.line("kill %1");
    shell.await("[1] cancelled after");
    shell.press("C-d");
    assertThat(shell.awaitEnd()).isZero();
  }

  private static long lines(String screen, String word) {
    return screen.lines().filter(line -> line.contains(word) && !line.startsWith("[1]")).count();
  }

  @Test
  void searchesTheHistoryAndKeepsItWithoutCredentials() throws Exception {
    shell.line("version --format json");
    shell.await("\"java\"");
    shell.line("println 'token=abc'");
    shell.await("\ntoken=abc");
    shell.line("1 + 41");
    shell.await("\n42");
    shell.press("C-r");
    shell.type("form");
    shell.await("bck-i-search: form");
    shell.press("Enter");
    shell.await("two answers", screen -> screen.split("\"java\"", -1).length == 3);
    shell.line("exit");
    assertThat(shell.awaitEnd()).isZero();
    assertThat(Files.readString(starling.data().resolve("history")))
        .contains("version --format json")
        .doesNotContain("token=abc");
  }

  @Test
  void editsGroovyOverSeveralLines() throws Exception {
    shell.line("squares = (1..3).collect {");
    shell.line("  it * it");
    shell.line("}");
    shell.await("\n1\n4\n9\n");
    shell.line("squares.sum()");
    shell.await("\n14\n");
    shell.line("v = version");
    shell.await("starling 0.1.0");
    shell.line("v.version + '!'");
    shell.await("0.1.0!");
    shell.line("nothing");
    shell.await("starling: line.groovy:1: there is no 'nothing'");
  }

  @Test
  void reloadsPlugins() throws Exception {
    shell.line("plugin list");
    shell.await("convert          0.1.0      loaded");
    shell.line("plugin unload convert");
    shell.await("convert is unloaded");
    shell.line("convert a b");
    shell.await("'convert' belongs to the plugin convert, which was unloaded");
    shell.line("plugin load convert; convert --help | head -2; plugin reload convert");
    shell.await("starling convert - Convert an image");
    shell.await("two lines", screen -> lines(screen, "0.1.0      loaded    convert") >= 3);
  }

  @Test
  void runsLinesWithoutAPerson() throws Exception {
    assertThat(starling.run("-c", "version; version | { it.version.size() }").succeeded().out())
        .isEqualTo("starling 0.1.0\n5\n");
    starling.run("-c", "inspect x y z; version").misusedSaying("unexpected argument");
    assertThat(starling.run("--keep-going", "-c", "inspect x y; version").outcome().out())
        .isEqualTo("starling 0.1.0\n");
    Path script = temporary.resolve("lines");
    Files.writeString(script, "#!/usr/bin/env -S starling script\nprintln 1 + args.size()\n");
    assertThat(starling.run("script", script.toString(), "a").succeeded().out()).isEqualTo("2\n");
  }
}
