package dev.starling.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
    Instant end = Instant.now().plus(LIMIT);
    while (!(count(caches, "-prompt.aot") == 1 && count(caches, ".training") == 0)) {
      assertThat(Instant.now()).as("training takes no longer than %s", LIMIT).isBefore(end);
      Thread.sleep(PAUSE);
    }

    assertThat(count(temporary.resolve("home"), "history")).isZero();
    assertThat(count(caches, ".config")).as("configurations left behind").isZero();
  }

  private static long count(Path folder, String ending) throws IOException {
    if (!Files.exists(folder)) {
      return 0;
    }
    try (Stream<Path> files =
        Files.find(folder, 99, (file, _) -> file.toString().endsWith(ending))) {
      return files.count();
    }
  }
}
