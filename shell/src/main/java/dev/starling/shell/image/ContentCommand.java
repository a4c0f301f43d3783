package dev.starling.shell.image;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.ImageReferences;
import dev.starling.api.command.RegistryOptions;
import dev.starling.api.command.StarlingCommand;
import dev.starling.api.content.ImageSource;
import dev.starling.api.image.RawManifest;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command that prints a document of an image, byte for byte. */
abstract class ContentCommand implements StarlingCommand<ContentResult> {

  @Parameters(
      index = "0",
      paramLabel = "REF",
      completionCandidates = ImageReferences.class,
      description = "The image.")
  private String image = "";

  @Mixin private OnePlatformOption platform = new OnePlatformOption();
  @Mixin private RegistryOptions registry = new RegistryOptions();

  /**
   * Reads the document.
   *
   * @param root the manifest or index that the image's name leads to
   * @param platform chooses among an index's images
   */
  abstract ContentResult content(
      CommandContext context, ImageSource source, RawManifest root, OnePlatformOption platform)
      throws IOException;

  @Override
  public final ContentResult run(CommandContext context) throws IOException {
    try (ImageLookup found =
        ImageLookup.open(context.transports(), ImageNames.parse(image), registry.bareIsHttp())) {
      return content(context, found.source(), found.source().manifest(found.selector()), platform);
    }
  }
}
