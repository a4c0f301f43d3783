package dev.starling.api.image;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An operating system and processor in Go's spelling, as manifests name them.
 *
 * @param os for example {@code linux}
 * @param architecture for example {@code amd64}
 * @param variant for example {@code v8}, or null
 * @param osVersion for example {@code 10.0.17763.1457}, or null; carried, never compared
 * @param osFeatures for example {@code win32k}; carried, never compared
 */
public record Platform(
    String os,
    String architecture,
    @Nullable String variant,
    @Nullable String osVersion,
    List<String> osFeatures) {

  private static final Set<String> KNOWN_OS =
      Set.of("linux", "windows", "darwin", "freebsd", "netbsd", "openbsd", "solaris", "wasip1");

  /** Requires an os and an architecture. */
  public Platform {
    if (os.isBlank() || architecture.isBlank()) {
      throw new IllegalArgumentException("a platform needs an os and an architecture");
    }
    osFeatures = List.copyOf(osFeatures);
  }

  /** A platform without os version and features. */
  public static Platform of(String os, String architecture, @Nullable String variant) {
    return new Platform(os, architecture, variant, null, List.of());
  }

  /** The platform this program runs on. */
  public static Platform host() {
    return of(
        normalizeOs(System.getProperty("os.name").toLowerCase(Locale.ROOT)),
        normalizeArchitecture(System.getProperty("os.arch")),
        null);
  }

  /**
   * Reads {@code <os>|<arch>|<os>/<arch>[/<variant>]}; what is left out is the host's.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static Platform parse(String text) {
    String[] parts = text.trim().split("/", -1);
    for (String part : parts) {
      if (!part.matches("[A-Za-z0-9_.-]+")) {
        throw new IllegalArgumentException(
            "platform '" + text + "': expected <os>, <arch> or <os>/<arch>[/<variant>]");
      }
    }
    return switch (parts.length) {
      case 1 -> {
        String word = parts[0].toLowerCase(Locale.ROOT);
        yield KNOWN_OS.contains(normalizeOs(word))
            ? of(normalizeOs(word), host().architecture, null)
            : of(host().os, normalizeArchitecture(word), null);
      }
      case 2 -> of(normalizeOs(parts[0]), normalizeArchitecture(parts[1]), null);
      case 3 -> of(normalizeOs(parts[0]), normalizeArchitecture(parts[1]), parts[2]);
      default ->
          throw new IllegalArgumentException(
              "platform '" + text + "': expected <os>, <arch> or <os>/<arch>[/<variant>]");
    };
  }

  /** Whether an image built for {@code candidate} is what a user who asks for this gets. */
  public boolean accepts(Platform candidate) {
    return os.equals(normalizeOs(candidate.os))
        && architecture.equals(normalizeArchitecture(candidate.architecture))
        && (variant == null
            || variant.equals(candidate.variant)
            || (candidate.variant == null && variant.equals(defaultVariant(architecture))));
  }

  private static @Nullable String defaultVariant(String architecture) {
    return switch (architecture) {
      case "arm64" -> "v8";
      case "arm" -> "v7";
      default -> null;
    };
  }

  private static String normalizeOs(String os) {
    String lower = os.toLowerCase(Locale.ROOT);
    return lower.startsWith("mac") ? "darwin" : lower.startsWith("windows") ? "windows" : lower;
  }

  private static String normalizeArchitecture(String architecture) {
    return switch (architecture.toLowerCase(Locale.ROOT)) {
      case "x86_64", "x86-64" -> "amd64";
      case "aarch64" -> "arm64";
      case "i386", "i686" -> "386";
      case "armhf" -> "arm";
      default -> architecture.toLowerCase(Locale.ROOT);
    };
  }

  @Override
  public String toString() {
    return os + "/" + architecture + (variant == null ? "" : "/" + variant);
  }
}
