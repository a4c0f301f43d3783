package dev.starling.shell.image;

import dev.starling.api.command.CommandContext;
import dev.starling.api.content.ImageSource;
import dev.starling.api.image.RawManifest;
import java.io.IOException;
import java.util.Objects;
import picocli.CommandLine.Command;

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
      "  starling manifest ghcr.io/acme/app:1.0 | sha256sum",
      "",
      "See also: config, blob, inspect, help names"
    })
public final class ManifestCommand extends ContentCommand {

  @Override
  ContentResult content(
      CommandContext context, ImageSource source, RawManifest root, OnePlatformOption platform)
      throws IOException {
    RawManifest raw =
        platform.given() ? Objects.requireNonNull(platform.choose(source, root).raw()) : root;
    return ContentResult.of(context, raw.mediaType(), raw.bytes());
  }
}
