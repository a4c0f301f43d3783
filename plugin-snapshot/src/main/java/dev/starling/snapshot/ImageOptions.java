package dev.starling.snapshot;

import dev.starling.api.command.CommandModel;
import dev.starling.api.command.RegistryOptions;
import dev.starling.api.command.UsageException;
import dev.starling.api.image.Platform;
import dev.starling.api.reference.Reference;
import dev.starling.snapshot.daemon.DaemonState.Access;
import dev.starling.snapshot.daemon.Logins;
import java.io.IOException;
import java.nio.file.Path;

/** How an image that is mounted lazily is reached and read. */
public final class ImageOptions {

  private final RegistryOptions registry = new RegistryOptions();

  private String platform = "";
  private boolean skipContentVerify;
  private boolean noBackgroundFetch;

  /** Adds these to a command. */
  void addTo(CommandModel model) {
    registry.addTo(model);
    model
        .option(
            "--platform",
            "PLATFORM",
            given -> platform = given,
            "The image of this platform, <os>/<arch>[/<variant>]; this machine's if unset.")
        .flag(
            "--skip-content-verify",
            given -> skipContentVerify = given,
            "Serve content without comparing it to the digests in the TOC. For images whose TOC has"
                + " none.")
        .flag(
            "--no-background-fetch",
            given -> noBackgroundFetch = given,
            "Fetch only what is read, not the rest of the image when nothing else is.");
  }

  /**
   * What is asked for.
   *
   * @throws UsageException if the reference or the platform is malformed
   */
  Access access(String image) throws IOException {
    if (!platform.isEmpty()) {
      try {
        Platform.parse(platform);
      } catch (IllegalArgumentException e) {
        throw new UsageException(String.valueOf(e.getMessage()));
      }
    }
    Reference reference = Reference.parse(image);
    return new Access(
        reference.toString(),
        registry.bareIsHttp().plainHttp(),
        platform,
        skipContentVerify,
        !noBackgroundFetch,
        Logins.ofThisProcess());
  }

  /** An absolute path: the daemon has a working directory of its own. */
  static Path absolute(String path) {
    return Path.of(path).toAbsolutePath().normalize();
  }
}
