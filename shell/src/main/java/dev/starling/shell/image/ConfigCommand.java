package dev.starling.shell.image;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.ImageReferences;
import dev.starling.api.command.RegistryOptions;
import dev.starling.api.command.StarlingCommand;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.RawManifest;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The {@code config} command. */
@Command(
    name = "config",
    description = "Print an image's config, byte for byte.",
    footer = {
      "",
      "A bare REF is looked up in the local image store, then in its registry, with --plain-http",
      "by HTTP. Of an index the platform Starling runs on is taken, or --platform.",
      "",
      "Example:",
      "  starling config ghcr.io/acme/app:1.0 | jq -r '.rootfs.diff_ids[]'"
    })
public final class ConfigCommand implements StarlingCommand<ContentResult> {

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
      Descriptor config = platform.choose(found.source(), root).manifest().config();
      return ContentResult.of(
          context, config.mediaType(), ConfigContent.read(found.source(), config));
    }
  }
}
