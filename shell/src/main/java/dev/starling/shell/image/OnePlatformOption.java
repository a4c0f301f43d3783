package dev.starling.shell.image;

import dev.starling.api.command.PlatformNames;
import dev.starling.api.command.PlatformOptions;
import dev.starling.api.command.UsageException;
import dev.starling.api.content.ImageSource;
import dev.starling.api.copy.PlatformSelection;
import dev.starling.api.image.Platform;
import dev.starling.api.image.RawManifest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that chooses one image of an index; a picocli mixin. */
public final class OnePlatformOption {

  @Option(
      names = "--platform",
      paramLabel = "PLATFORM",
      completionCandidates = PlatformNames.class,
      description =
          "The platform, <os>|<arch>|<os>/<arch>[/<variant>]. Default: the one Starling runs on.")
  private @Nullable String platform;

  /** Whether a platform was asked for. */
  boolean given() {
    return platform != null;
  }

  /**
   * The image of an index that is meant, or the image itself.
   *
   * @throws dev.starling.api.content.ContentNotFoundException if there is none
   */
  ImageEntry choose(ImageSource source, RawManifest root) throws IOException {
    return ImageEntry.one(source, root, selection(), given());
  }

  private PlatformSelection selection() {
    String text = platform;
    if (text == null) {
      return PlatformOptions.host();
    }
    try {
      return PlatformSelection.of(List.of(Platform.parse(text)));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
