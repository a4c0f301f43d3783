package dev.starling.optimize.bundle;

import dev.starling.api.image.Platform;
import dev.starling.optimize.bundle.RuntimeSpec.ConsoleSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What of the machine a bundle depends on.
 *
 * @param architecture in the image specification's words, such as {@code amd64}
 * @param kernel the kernel's release, such as {@code 6.1.0-18-amd64}
 * @param cgroups how the control groups are mounted
 * @param openFiles the hard limit of open files of this process, at least 1
 * @param console how large the terminal is that the container gets, or null if that is unknown
 * @param seccompProfile an installed profile in Docker's format, or null to use the built-in one
 */
public record HostFacts(
    String architecture,
    String kernel,
    CgroupMode cgroups,
    long openFiles,
    @Nullable ConsoleSize console,
    @Nullable Path seccompProfile) {

  private static final List<Path> PROFILES =
      List.of(
          Path.of("/etc/containers/seccomp.json"), Path.of("/usr/share/containers/seccomp.json"));
  private static final Pattern OPEN_FILES =
      Pattern.compile("(?m)^Max open files\\s+\\S+\\s+(\\d+|unlimited)");
  private static final long MANY_FILES = 1 << 20;

  /**
   * Looks at this machine.
   *
   * @throws IOException if /proc cannot be read
   */
  public static HostFacts ofThisMachine() throws IOException {
    return new HostFacts(
        Platform.host().architecture(),
        System.getProperty("os.version", "0"),
        CgroupMode.at(Path.of("/sys/fs/cgroup")),
        openFiles(Files.readString(Path.of("/proc/self/limits"))),
        null,
        PROFILES.stream().filter(Files::isReadable).findFirst().orElse(null));
  }

  /** The same with a terminal of that size. */
  public HostFacts withConsole(@Nullable ConsoleSize size) {
    return new HostFacts(architecture, kernel, cgroups, openFiles, size, seccompProfile);
  }

  static long openFiles(String limits) {
    Matcher matcher = OPEN_FILES.matcher(limits);
    if (!matcher.find() || matcher.group(1).equals("unlimited")) {
      return MANY_FILES;
    }
    return Math.max(1, Long.parseLong(matcher.group(1)));
  }
}
