package dev.starling.api.command;

import dev.starling.api.copy.PlatformSelection;
import dev.starling.api.image.Platform;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that choose images of an index by platform; a picocli mixin. */
public final class PlatformOptions {

  /** Options of which none is given; picocli fills them in. */
  public PlatformOptions() {}

  @Option(
      names = {"--platform", "--platforms"},
      paramLabel = "PLATFORM",
      split = ",",
      completionCandidates = PlatformNames.class,
      description = "Only this platform, <os>|<arch>|<os>/<arch>[/<variant>]; may be repeated.")
  private List<String> platforms = new ArrayList<>();

  @Option(
      names = {"--all-platforms", "--all-platform"},
      description = "All platforms of the image.")
  private boolean all;

  /**
   * What the options ask for.
   *
   * @param unset what is meant when neither option is given
   * @throws UsageException if both options are given or a platform is malformed
   */
  public PlatformSelection selection(PlatformSelection unset) {
    if (all && !platforms.isEmpty()) {
      throw new UsageException("--all-platforms and --platform exclude each other; give one");
    }
    if (all) {
      return PlatformSelection.all();
    }
    return platforms.isEmpty() ? unset : PlatformSelection.of(parsed());
  }

  /** The platform this program runs on: what most commands mean without an option. */
  public static PlatformSelection host() {
    return PlatformSelection.of(List.of(Platform.host()));
  }

  private List<Platform> parsed() {
    try {
      return platforms.stream().map(Platform::parse).toList();
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
