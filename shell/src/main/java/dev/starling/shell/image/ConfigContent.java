package dev.starling.shell.image;

import dev.starling.api.content.ImageSource;
import dev.starling.api.estargz.TocImage;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.ImageConfig;
import dev.starling.api.image.InvalidImageException;
import dev.starling.api.image.MediaType;
import java.io.IOException;
import java.io.InputStream;

/** Reads a config's bytes, verified and bounded. */
final class ConfigContent {

  private ConfigContent() {}

  /**
   * Whether the config says something about an image, as an artifact's or a TOC image's does not.
   */
  static boolean isImageConfig(Descriptor config) {
    boolean typed =
        config.mediaType().equals(MediaType.OCI_CONFIG)
            || config.mediaType().equals(MediaType.DOCKER_CONFIG);
    return typed && !config.digest().equals(TocImage.configDescriptor().digest());
  }

  /**
   * Reads it.
   *
   * @throws InvalidImageException if it is over the limit
   */
  static byte[] read(ImageSource source, Descriptor config) throws IOException {
    if (config.size() > ImageConfig.MAX_SIZE) {
      throw new InvalidImageException(
          "config %s of %d bytes is over the limit of %d"
              .formatted(config.digest(), config.size(), ImageConfig.MAX_SIZE));
    }
    try (InputStream in = source.openBlob(config)) {
      return in.readAllBytes();
    }
  }
}
