package dev.starling.testkit.recipe;

import dev.starling.testkit.peer.Program;
import dev.starling.testkit.peer.Requirement;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The test images, built at most once per machine and recipe and then taken from a cache (see
 * {@code images.sh} beside this class for the tags and the place). Needs root and Debian's umoci,
 * python3 and debootstrap. Safe to call from several processes at once.
 */
public final class TestImages {
  private static final List<String> SCRIPTS = List.of("images.sh", "layers.py");
  private static final Duration LIMIT = Duration.ofMinutes(20);

  private TestImages() {}

  /**
   * Three small layers on busybox: whiteouts, an opaque directory, devices, extended attributes, a
   * 10 MB file. Tag {@code org}.
   *
   * @return an OCI layout directory that must not be changed
   */
  public static Path busybox() throws IOException, InterruptedException {
    return layout("busybox", List.of("umoci", "python3", "busybox"));
  }

  /**
   * Debian. Tags {@code org} (three layers, over 20,000 files and 900 MB of tar, upper layers
   * without unchanged parent directories), {@code medium} (its lower two layers, about 200 MB),
   * {@code parents} (medium with an entry for every parent directory), {@code multi} (an index for
   * amd64 and arm64).
   *
   * @return an OCI layout directory that must not be changed
   */
  public static Path debian() throws IOException, InterruptedException {
    return layout("debian", List.of("umoci", "python3", "debootstrap"));
  }

  private static Path layout(String name, List<String> programs)
      throws IOException, InterruptedException {
    Requirement.root();
    Requirement.programs(programs.toArray(String[]::new));
    Path scripts = Files.createTempDirectory("starling-recipe-");
    try {
      for (String script : SCRIPTS) {
        copy(script, scripts.resolve(script));
      }
      Program.Outcome built =
          Program.of("sh", scripts.resolve("images.sh").toString(), name).limit(LIMIT).run();
      if (built.exit() != 0) {
        throw new IOException("making the test image " + name + " failed: " + built.err());
      }
      return Path.of(built.out().strip());
    } finally {
      for (String script : SCRIPTS) {
        Files.deleteIfExists(scripts.resolve(script));
      }
      Files.delete(scripts);
    }
  }

  private static void copy(String script, Path target) throws IOException {
    try (InputStream in = TestImages.class.getResourceAsStream(script)) {
      if (in == null) {
        throw new FileNotFoundException("resource " + script + " beside " + TestImages.class);
      }
      Files.copy(in, target);
    }
  }
}
