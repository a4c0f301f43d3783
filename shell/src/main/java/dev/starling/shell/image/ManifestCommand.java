package dev.starling.shell.image;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.ImageReferences;
import dev.starling.api.command.RegistryOptions;
import dev.starling.api.command.StarlingCommand;
import dev.starling.api.image.RawManifest;
import java.io.IOException;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The {@code manifest} command. */
@Command(
    name = "manifest",
    description = "Print an image's manifest or index, byte for byte.",
    footer = {
      "",
      "A bare REF is looked up in the local image store, then in its registry, with --plain-http",
      "by HTTP. With --platform an index gives the manifest of that platform.",
      "",
      "Example:",
      "  starling manifest ghcr.io/acme/app:1.0 | sha256sum"
    })
public final class ManifestCommand implements StarlingCommand<ContentResult> {

  @Parameters(
      index = "0",
      paramLabel = "REF",
      completionCandidates = ImageReferences.class,
      description = "The image.")
  private String image = "";

  @Mixin private OnePlatformOption platform = new OnePlatformOption();
  @Mixin private RegistryOptions registry = new RegistryOptions();

  @Override
  public ContentResult run(CommandContext context) throws IOException {
    try (ImageLookup found =
        ImageLookup.open(context.transports(), ImageNames.parse(image), registry.bareIsHttp())) {
      RawManifest root = found.source().manifest(found.selector());
      RawManifest raw =
          platform.given()
              ? Objects.requireNonNull(platform.choose(found.source(), root).raw())
              : root;
      return ContentResult.of(context, raw.mediaType(), raw.bytes());
    }
  }
}
