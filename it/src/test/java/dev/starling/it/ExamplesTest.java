package dev.starling.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.testkit.peer.Program;
import dev.starling.testkit.peer.Requirement;
import dev.starling.testkit.recipe.TestImages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every example in every command's help does what it says: with a registry of this test's in place
 * of those that it names, and folders of its own for files. What bash has to part (pipes, files) is
 * run by bash; the others are lines of one shell, one after another.
 */
@Timeout(240)
@ExtendWith(Lab.Provider.class)
class ExamplesTest {

  private static final String SAMPLE = "the sample plugin has a test of its own";

  /** What is not run here, and why. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "starling demo",
          "every build runs it, and it takes longer than all the others",
          "starling plugin install target/size-report-1.0.0.jar",
          SAMPLE,
          "plugin load target/size-report-1.0.0.jar",
          SAMPLE,
          "starling plugin uninstall size-report",
          SAMPLE,
          "starling plugin sdk sdk && mvn package",
          SAMPLE);

  /** What ends by Ctrl-C only. */
  private static final Pattern ENDLESS =
      Pattern.compile("starling (snapshotter --metrics|registry serve|status --watch).*");

  /** What has to come after everything else, in this order. */
  private static final List<String> LAST =
      List.of(
          "plugin disable",
          "plugin enable",
          "plugin unload",
          "plugin reload",
          "unmount",
          "unalias",
          "jobs",
          "fg",
          "kill",
          "mounts prune",
          "cache prune",
          "rm");

  private static final Pattern FOR_BASH =
      Pattern.compile("(?s)starling (-c|--keep-going) .*|.*[|<>*\\\\].*");

  /** Another home must not have start-up caches made anew. */
  private static final String CACHES =
      Objects.requireNonNullElse(
          System.getenv("XDG_CACHE_HOME"), System.getProperty("user.home") + "/.cache");

  @TempDir Path temporary;
  private Starling starling;

  /** An example and whose it is. */
  private record Example(String command, String text) {
    boolean isOfTheShell() {
      return !text.contains("starling ");
    }

    int rank() {
      return text.endsWith("--stop") ? LAST.size() : LAST.indexOf(command);
    }
  }

  @BeforeEach
  void start() throws Exception {
    Requirement.root();
    Requirement.programs("runc", "jq", "zsh", "fish", "script");
    starling = Starling.in(temporary);
  }

  @AfterEach
  void stop() throws Exception {
    starling.run("snapshotter", "--stop");
  }

  private List<Example> examples() throws Exception {
    // A line of the shell knows the shell's own commands, too.
    String json = starling.run("-c", "help --format json").succeeded().out();
    JsonNode help = JsonMapper.shared().readTree(json);
    List<String> known = help.path("commands").findValuesAsString("command");
    List<Example> examples = new ArrayList<>();
    for (JsonNode command : help.path("commands")) {
      String name = command.path("command").asString();
      assertThat(command.path("examples").toString())
          .as("examples of " + name)
          .contains(name.equals("shell") ? "starling -c" : name);
      assertThat(command.path("seeAlso")).as("see also of " + name).isNotEmpty();
      for (JsonNode also : command.path("seeAlso")) {
        String word = also.asString();
        if (word.startsWith("help ")) {
          assertThat(help.path("text").asString()).contains("\n  " + word.substring(5) + " ");
        } else {
          assertThat(known).as("see also of " + name).contains(word);
        }
      }
      for (JsonNode example : command.path("examples")) {
        examples.add(new Example(name, example.asString()));
      }
    }
    return examples;
  }

  @Test
  void everyExampleOfTheHelpRuns(Lab lab) throws Exception {
    List<Example> examples = new ArrayList<>(examples());
    assertThat(examples).hasSizeGreaterThan(50);
    assertThat(examples.stream().map(Example::text)).containsAll(ELSEWHERE.keySet());
    examples.removeIf(example -> ELSEWHERE.containsKey(example.text()));
    Map<String, String> places = places(lab);
    endless(examples, places);
    examples.removeIf(example -> ENDLESS.matcher(example.text()).matches());
    bash(examples, places);
    shell(examples, places);
  }

  /** What examples name, and what is there instead. Fills the registry and the store. */
  private Map<String, String> places(Lab lab) throws Exception {
    lab.registry().fill(TestImages.busybox(), "org", "examples/app:1.0");
    String host = lab.registry().image("");
    String plain = host + "examples/app:1.0";
    String lazy = host + "made/app:1.0-esgz";
    starling
        .run(
            "-c",
            String.join(
                ";",
                "convert -q --oci --estargz --push --store " + plain + " " + lazy,
                "push " + lazy + " " + host + "lazy/app:1.0",
                "tag " + plain + " app:1",
                "pull " + plain,
                "tag " + plain + " " + host + "made/app:1.0",
                "push " + host + "made/app:1.0"))
        .succeeded();
    JsonNode layers = starling.json("inspect", plain).path("images").path(0).path("layers");
    JsonNode manifest = lab.manifest(plain);
    Files.createDirectories(temporary.resolve("home/.local/share/bash-completion/completions"));
    Files.createDirectories(temporary.resolve("mnt"));
    Files.writeString(temporary.resolve("lines.txt"), "version\nls\n");
    Map<String, String> places = new LinkedHashMap<>();
    places.put("ghcr.io/acme/golang:1.26", plain);
    places.put(
        "audit-repository.groovy ghcr.io/acme/app", "audit-repository.groovy " + host + "lazy/app");
    places.put("ghcr.io/acme/", host + "examples/");
    places.put("registry.example:5000/", host + "made/");
    places.put("registry.example/", host + "made/");
    places.put("sha256:2dc39b...", manifest.path("config").path("digest").asString());
    places.put("sha256:9b91a6...", layers.path(0).path("digest").asString());
    places.put("/bin/bash", "/bin/sh");
    places.put("go version", "cat /bin/busybox >/dev/null");
    places.put("/mnt", temporary.resolve("mnt").toString());
    places.put("/srv/images", temporary.resolve("layout").toString());
    places.put("--port 5000", "--port " + freePort());
    places.put("127.0.0.1:9123", "127.0.0.1:" + freePort());
    places.put(" scripts/", " " + Starling.sourceTree().resolve("scripts") + "/");
    return places;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String replaced(Example example, Map<String, String> places) {
    String text = example.text();
    for (Map.Entry<String, String> place : places.entrySet()) {
      text = text.replace(place.getKey(), place.getValue());
    }
    return text;
  }

  /** They say that they are there, and end by Ctrl-C as they should. */
  private void endless(List<Example> examples, Map<String, String> places) throws Exception {
    List<String> lines =
        examples.stream()
            .map(Example::text)
            .filter(text -> ENDLESS.matcher(text).matches())
            .toList();
    assertThat(lines).hasSize(3);
    StringBuilder script = new StringBuilder();
    for (Example example : examples) {
      if (ENDLESS.matcher(example.text()).matches()) {
        script.append(
            """
            timeout --preserve-status -s INT 4 %s || [ $? = 130 ] || fail "$?: %<s"
            """
                .formatted(replaced(example, places)));
      }
    }
    run(List.of(script.toString().split("\n")));
  }

  private void bash(List<Example> examples, Map<String, String> places) throws Exception {
    List<String> lines = new ArrayList<>();
    for (Example example : examples) {
      String text = replaced(example, places);
      if (example.isOfTheShell()
          || !(FOR_BASH.matcher(example.text()).matches() || text.contains(" -t "))) {
        continue;
      }
      if (text.contains(" -t ")) {
        text = "script -qec '" + text + "' /dev/null";
      } else if (text.contains("completion zsh")) {
        text = "zsh -fec '" + text + "'";
      } else if (text.contains("completion fish")) {
        text = "fish --no-config -c '" + text + "'";
      }
      lines.add(text);
    }
    run(lines);
  }

  /** Two at a time. */
  private void run(List<String> lines) throws Exception {
    try (ExecutorService two = Executors.newFixedThreadPool(2)) {
      List<Callable<Void>> runs =
          lines.stream().<Callable<Void>>map(line -> () -> bash(line)).toList();
      for (Future<Void> run : two.invokeAll(runs)) {
        run.get();
      }
    }
  }

  private Void bash(String line) throws IOException, InterruptedException {
    Program.Outcome outcome =
        program("set -eo pipefail; fail() { echo \"$1\" >&2; exit 1; }\n" + line)
            .with("HOME", temporary.resolve("home").toString())
            .with("XDG_CACHE_HOME", CACHES)
            .with("PATH", Starling.sourceTree() + ":" + System.getenv("PATH"))
            .run();
    assertThat(outcome.exit()).as("%s:%n%s%s", line, outcome.out(), outcome.err()).isZero();
    return null;
  }

  private Program program(String script) {
    Program here = starling.program();
    return new Program(
        List.of("bash", "-c", script), here.environment(), here.directory(), here.limit());
  }

  private void shell(List<Example> examples, Map<String, String> places) throws Exception {
    StringBuilder lines = new StringBuilder();
    examples.stream()
        .filter(example -> example.isOfTheShell() || !FOR_BASH.matcher(example.text()).matches())
        .filter(example -> !example.text().contains(" -t "))
        .sorted(Comparator.comparingInt(Example::rank))
        .forEach(example -> {
          String line = replaced(example, places).replaceFirst("^starling ", "");
          lines.append("println 'example: ").append(line.replace("'", "")).append("'\n");
          lines.append(before(example)).append(line).append('\n');
          lines.append(line.equals("fg %2") ? "fg %1\n" : "");
        });
    Path file = Files.writeString(temporary.resolve("examples"), lines);
    Program.Outcome outcome =
        program("exec " + Starling.sourceTree().resolve("starling") + " < " + file).run();
    // The job that an example cancels says 130 in the end; a line that fails says something else.
    assertThat(outcome.exit()).as("%s%s", outcome.out(), outcome.err()).isIn(0, 130);
    assertThat(outcome.out().lines().filter(line -> line.startsWith("example: ")))
        .hasSizeGreaterThan(30)
        .last()
        .isEqualTo("example: snapshotter --stop");
  }

  /** Jobs that examples about jobs need. */
  private static String before(Example example) {
    String job = "convert -q --oci --estargz app:1 app:made &\n";
    return switch (example.text()) {
      case "fg", "made = fg %1", "kill %1" -> job;
      case "fg %2" -> job + job;
      default -> "";
    };
  }
}
