package dev.starling.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.starling.testkit.peer.Program;
import dev.starling.testkit.peer.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What the launcher does besides starting the program. */
@Isolated("it waits for work of low priority")
class LauncherTest {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofMillis(100);

  @TempDir Path temporary;

  @Test
  void trainsTheCacheOfTheShellWithoutTouchingTheFoldersOfTheCommand() throws Exception {
    Path caches = temporary.resolve("cache");
    Starling starling = Starling.in(temporary.resolve("home"));
    Path script = Files.writeString(temporary.resolve("hello.groovy"), "println 'hello'");

    assertThat(starling.program("script", script + "").with("XDG_CACHE_HOME", caches + "").check())
        .isEqualTo("hello\n");
    await(
        "the training ends",
        () -> made(caches, "-prompt.aot").size() == 1 && made(caches, ".training").isEmpty());

    try (Stream<Path> files = Files.walk(temporary.resolve("home"))) {
      assertThat(files).noneMatch(file -> file.endsWith("history"));
    }
    assertThat(made(caches, ".config")).as("configurations left behind").isEmpty();
  }

  @Test
  void keepsThePagesOfHelpUntilAUserHasPluginsOfHisOwn() throws Exception {
    Path caches = temporary.resolve("pages");
    Starling starling = Starling.in(temporary.resolve("home"));
    Program help =
        starling.program("image", "ls", "--help").with("XDG_CACHE_HOME", caches.toString());
    String made = help.check();
    await("the training ends", () -> made(caches, "-help.aot").size() == 1);
    await("it is cleared away", () -> made(caches, ".training").isEmpty());
    Path page = made(caches, ".pages").getFirst().resolve("image ls.txt");
    assertThat(page).hasContent(made);
    assertThat(help.check()).isEqualTo(made);

    Files.writeString(page, "kept\n");
    assertThat(help.check()).isEqualTo("kept\n");
    Files.createDirectories(starling.data().resolve("plugins"));
    assertThat(help.check()).isEqualTo(made);
  }

  @Test
  void theHomeIsTheOneOfTheEnvironment() throws Exception {
    Path home = Files.createDirectories(temporary.resolve("someone/.config/starling"));
    Path config = Files.writeString(home.resolve("config.toml"), "parallel_transfers = 0");
    Program.Outcome outcome =
        Starling.in(temporary.resolve("home"))
            .program("ls")
            .with("HOME", temporary.resolve("someone") + "")
            .with("XDG_CONFIG_HOME", "")
            .with("STARLING_AOT", "off")
            .run();
    assertThat(outcome.err()).contains(config.toString(), "parallel_transfers");
    assertThat(outcome.exit()).isNotZero();
  }

  @Test
  void aKilledTrainingIsClearedAwayByTheNext() throws Exception {
    Requirement.root();
    Requirement.that(Files.exists(Path.of("/dev/fuse")), "/dev/fuse");
    Path caches = temporary.resolve("killed");
    Starling starling = Starling.in(temporary.resolve("home"));
    Program stop = starling.program("snapshotter", "--stop").with("XDG_CACHE_HOME", caches + "");

    stop.check();
    await("it mounts", () -> mounts(caches) > 0);
    List<ProcessHandle> trainer = trainer(caches);
    assertThat(trainer).isNotEmpty();
    trainer.forEach(ProcessHandle::destroyForcibly);
    assertThat(mounts(caches)).isEqualTo(1);
    Path lock = made(caches, ".training").getFirst();
    Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minus(Duration.ofHours(1))));

    stop.check();
    await("the cache is made", () -> made(caches, "-snapshot.aot").size() == 1);
    await("the training ends", () -> made(caches, ".training").isEmpty());
    assertThat(mounts(caches)).isZero();
    assertThat(made(caches, ".config")).isEmpty();
  }

  /** The trainer's shell and program: their words name the cache. */
  private static List<ProcessHandle> trainer(Path caches) {
    List<ProcessHandle> trained =
        ProcessHandle.allProcesses()
            .filter(process ->
                process.info().commandLine().orElse("").contains("AOTCacheOutput=" + caches))
            .toList();
    return Stream.concat(
            trained.stream().flatMap(program -> program.parent().stream()), trained.stream())
        .toList();
  }

  private static long mounts(Path folder) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/mounts"))) {
      return lines.filter(line -> line.contains(" " + folder + "/")).count();
    }
  }

  private static void await(String what, Callable<Boolean> condition) throws Exception {
    Instant end = Instant.now().plus(LIMIT);
    while (!condition.call()) {
      assertThat(Instant.now()).as("%s within %s", what, LIMIT).isBefore(end);
      Thread.sleep(PAUSE);
    }
  }

  /**
   * What lies beside the caches of this installation, by its ending; their folders are not read.
   */
  private static List<Path> made(Path caches, String ending) throws IOException {
    Path folder = caches.resolve("starling/aot" + Starling.sourceTree());
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }
}
