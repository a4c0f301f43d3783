package dev.starling.testkit.peer;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * What a test needs of the machine. When it is missing the test is skipped with the reason; under
 * {@code CI=true} it fails, so that nothing goes untested without a word.
 */
public final class Requirement {
  private Requirement() {}

  /** Every named program is on the PATH. */
  public static void programs(String... names) {
    Arrays.stream(names)
        .filter(name -> !onPath(name))
        .findFirst()
        .ifPresent(name -> missing("the program " + name + "; ./verify installs its package"));
  }

  /** The process is root. */
  public static void root() {
    if (!"root".equals(System.getProperty("user.name"))) {
      missing("root");
    }
  }

  /** Any other condition, described in a few words by what it needs. */
  public static void that(boolean met, String need) {
    if (!met) {
      missing(need);
    }
  }

  private static boolean onPath(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of((path + ":/usr/sbin:/sbin").split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }

  private static void missing(String need) {
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionFailedError("CI=true, and this test needs " + need);
    }
    throw new TestAbortedException("this test needs " + need);
  }
}
