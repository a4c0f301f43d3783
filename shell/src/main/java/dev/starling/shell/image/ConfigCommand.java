package dev.starling.shell.image;

import dev.starling.api.command.CommandContext;
import dev.starling.api.content.ImageSource;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.RawManifest;
import java.io.IOException;
import picocli.CommandLine.Command;

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
      "  starling config ghcr.io/acme/app:1.0 | jq -r '.rootfs.diff_ids[]'",
      "",
      "See also: manifest, blob, inspect, help names"
    })
public final class ConfigCommand extends ContentCommand {

  @Override
  ContentResult content(
      CommandContext context, ImageSource source, RawManifest root, OnePlatformOption platform)
      throws IOException {
    Descriptor config = platform.choose(source, root).manifest().config();
    return ContentResult.of(context, config.mediaType(), ConfigContent.read(source, config));
  }
}
