package dev.starling.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.testkit.peer.Program;
import dev.starling.testkit.peer.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The assembled program, run as a process with folders of its own: {@code data} and {@code run}
 * below a temporary directory.
 */
final class Starling {
  private static final Path ROOT =
      Path.of(System.getProperty("basedir", "."), "..").toAbsolutePath().normalize();
  private static final Pattern STACK_TRACE = Pattern.compile("(?m)^\\s+at [\\w.$/]+\\(");
  private static final Pattern ADVICE = Pattern.compile("(?m)^(Usage|Run|Try)\\b.*\\R?");

  private final Path home;

  private Starling(Path home) {
    this.home = home;
  }

  /** With folders below a directory that the caller removes. */
  static Starling in(Path home) throws IOException {
    Requirement.that(Files.isExecutable(ROOT.resolve("starling")), "the launcher in " + ROOT);
    Files.createDirectories(home);
    return new Starling(home);
  }

  /** The top of the checked-out tree. */
  static Path sourceTree() {
    return ROOT;
  }

  Path data() {
    return home.resolve("data");
  }

  /** The program with these arguments, not yet started. */
  Program program(String... arguments) {
    List<String> command = new ArrayList<>(List.of(ROOT.resolve("starling").toString()));
    command.addAll(List.of(arguments));
    return in(Program.of(command.toArray(String[]::new)));
  }

  /** A line of {@code sh} that finds the program as {@code starling}, not yet started. */
  Program line(String line) {
    return in(Program.of("sh", "-c", line)).with("PATH", ROOT + ":" + System.getenv("PATH"));
  }

  private Program in(Program program) {
    return program
        .in(home)
        .limit(Duration.ofMinutes(10))
        .with("STARLING_BUILD", "never")
        .with("STARLING_DATA_DIR", data().toString())
        .with("STARLING_RUNTIME_DIR", home.resolve("run").toString())
        .with("XDG_CONFIG_HOME", home.resolve("config").toString())
        .with("DOCKER_CONFIG", home.resolve("docker").toString())
        .with("REGISTRY_AUTH_FILE", home.resolve("auth.json").toString());
  }

  /** Runs a line to its end. */
  Ended run(String... arguments) throws IOException, InterruptedException {
    return new Ended(program(arguments).run(), String.join(" ", arguments));
  }

  /** Runs a line that must succeed and returns its record. */
  JsonNode json(String... arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--format", "json", "--quiet"));
    Program.Outcome outcome = run(line.toArray(String[]::new)).succeeded();
    return JsonMapper.shared().readTree(outcome.out());
  }

  /** Every file below the data and runtime folders, relative to {@code home}, sorted. */
  List<String> files() throws IOException {
    List<String> files = new ArrayList<>();
    for (Path folder : List.of(data(), home.resolve("run"))) {
      if (Files.exists(folder)) {
        try (Stream<Path> tree = Files.walk(folder)) {
          tree.filter(Files::isRegularFile).map(home::relativize).forEach(f -> files.add("" + f));
        }
      }
    }
    return files.stream().sorted().toList();
  }

  /** Asserts that nothing lies about but finished blobs, the store's own two files and locks. */
  void leftNoTemporaryFile() throws IOException {
    assertThat(files())
        .as("files below %s", home)
        .allMatch(file ->
            file.matches(
                "data/images/(blobs/sha256/[0-9a-f]{64}|index\\.json|oci-layout|\\.?[\\w.-]*lock)"
                    + "|(data|run)/([\\w-]+/)*\\.?[\\w.-]*lock"));
  }

  /** How a line ended. */
  record Ended(Program.Outcome outcome, String line) {

    Program.Outcome succeeded() {
      assertThat(outcome.exit()).as("starling %s: %s", line, outcome.err()).isZero();
      return outcome;
    }

    /** Failed with exit code 1 and one clear line on stderr that holds each of these words. */
    void failedSaying(String... words) {
      failed(1, words);
    }

    /** Was not understood: exit code 2, and one clear line that holds each of these words. */
    void misusedSaying(String... words) {
      failed(2, words);
    }

    private void failed(int exit, String... words) {
      assertThat(outcome.exit())
          .as("exit code of starling %s: %s%s", line, outcome.out(), outcome.err())
          .isEqualTo(exit);
      assertThat(outcome.err()).as("no stack trace").doesNotContainPattern(STACK_TRACE);
      String error = ADVICE.matcher(outcome.err()).replaceAll("").strip();
      assertThat(error.lines().filter(l -> l.startsWith("starling: ")).toList())
          .as("one line in %s", outcome.err())
          .hasSize(1)
          .first()
          .asString()
          .satisfies(l -> assertThat(l.toLowerCase(Locale.ROOT)).contains(words));
    }
  }
}
