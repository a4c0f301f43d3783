package dev.starling.api.copy;

import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Platform;
import java.util.List;
import java.util.stream.Collectors;

/** Which images of an index are wanted. Entries that name no platform always are. */
public sealed interface PlatformSelection {

  /** Whether the index's entry is wanted. */
  boolean accepts(Descriptor entry);

  /** All of them. */
  static PlatformSelection all() {
    return new All();
  }

  /** Those for any of these platforms; at least one. */
  static PlatformSelection of(List<Platform> platforms) {
    return new Any(platforms);
  }

  /** All images. */
  record All() implements PlatformSelection {
    @Override
    public boolean accepts(Descriptor entry) {
      return true;
    }

    @Override
    public String toString() {
      return "all platforms";
    }
  }

  /**
   * Images for some platforms.
   *
   * @param platforms one or more
   */
  record Any(List<Platform> platforms) implements PlatformSelection {
    /** Requires at least one platform. */
    public Any {
      platforms = List.copyOf(platforms);
      if (platforms.isEmpty()) {
        throw new IllegalArgumentException("a selection needs a platform");
      }
    }

    @Override
    public boolean accepts(Descriptor entry) {
      Platform platform = entry.platform();
      return platform == null || platforms.stream().anyMatch(wanted -> wanted.accepts(platform));
    }

    @Override
    public String toString() {
      return platforms.stream().map(Platform::toString).collect(Collectors.joining(" or "));
    }
  }
}
