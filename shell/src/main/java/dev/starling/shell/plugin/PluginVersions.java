package dev.starling.shell.plugin;

import dev.starling.shell.Version;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pf4j.DefaultVersionManager;

/**
 * Versions by <a href="https://semver.org/">Semantic Versioning</a>: those of plugins, and what
 * plugins require of the api, whose version is the program's.
 */
final class PluginVersions {

  private static final Pattern VERSION =
      Pattern.compile("\\d{1,9}\\.\\d{1,9}\\.\\d{1,9}(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?");
  private static final DefaultVersionManager VERSIONS = new DefaultVersionManager();

  private PluginVersions() {}

  static boolean isVersion(String text) {
    return VERSION.matcher(text).matches();
  }

  /** Whether the one comes after the other; both are versions. */
  static boolean isNewer(String version, String than) {
    return VERSIONS.compareVersions(version, than) > 0;
  }

  /**
   * Whether the plugin can work with this api.
   *
   * @param requires the descriptor's words, for example {@code >=0.1.0}; null for any
   * @throws PluginException if it cannot, or the words are no condition
   */
  static void requireApi(String id, @Nullable String requires) throws PluginException {
    if (requires == null || requires.isBlank()) {
      return;
    }
    boolean fits;
    try {
      fits = VERSIONS.checkVersionConstraint(Version.CURRENT, requires.strip());
    } catch (RuntimeException e) {
      throw new PluginException(
          "plugin "
              + id
              + ": its plugin.requires '"
              + requires
              + "' is no condition on a version; expected for example '>=0.1.0 & <1.0.0'");
    }
    if (!fits) {
      throw new PluginException(
          "plugin "
              + id
              + ": it requires Starling "
              + requires.strip()
              + "; this is "
              + Version.CURRENT
              + ": take a version of the plugin, or of Starling, that fits");
    }
  }
}
