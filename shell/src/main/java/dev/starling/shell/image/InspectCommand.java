package dev.starling.shell.image;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.ImageReferences;
import dev.starling.api.command.PlatformOptions;
import dev.starling.api.command.RegistryOptions;
import dev.starling.api.command.StarlingCommand;
import dev.starling.api.content.ImageSource;
import dev.starling.api.copy.PlatformSelection;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.RawManifest;
import dev.starling.api.reference.Reference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The {@code inspect} command. */
@Command(
    name = "inspect",
    description = "Show an image's platforms and layers, and which can be read lazily.",
    footer = {
      "",
      "A bare REF is looked up in the local image store, then in its registry, with --plain-http",
      "by HTTP. Shows all platforms unless some are asked for.",
      "",
      "Example:",
      "  starling inspect --format json ghcr.io/acme/app:1.0",
      "",
      "See also: manifest, config, toc, check, help names"
    })
public final class InspectCommand implements StarlingCommand<InspectResult> {

  @Parameters(
      index = "0",
      paramLabel = "REF",
      completionCandidates = ImageReferences.class,
      description = "The image.")
  private String image = "";

  @Mixin private PlatformOptions platforms = new PlatformOptions();
  @Mixin private RegistryOptions registry = new RegistryOptions();

  @Override
  public InspectResult run(CommandContext context) throws IOException {
    Reference reference = ImageNames.parse(image);
    PlatformSelection wanted = platforms.selection(PlatformSelection.all());
    try (ImageLookup found =
        ImageLookup.open(context.transports(), reference, registry.bareIsHttp())) {
      RawManifest root = found.source().manifest(found.selector());
      LayerTocs tocs = found.tocs(reference);
      List<InspectResult.PlatformImage> images = new ArrayList<>();
      for (ImageEntry entry : ImageEntry.list(found.source(), root, wanted)) {
        images.add(inspect(found.source(), tocs, entry));
      }
      return new InspectResult(
          ImageNames.shown(reference), found.place(), root.digest(), root.mediaType(), images);
    }
  }

  private static InspectResult.PlatformImage inspect(
      ImageSource source, LayerTocs tocs, ImageEntry entry) throws IOException {
    Descriptor descriptor = entry.descriptor();
    if (entry.raw() == null) {
      return new InspectResult.PlatformImage(
          entry.platform(), descriptor.digest(), descriptor.mediaType(), false, null, 0, List.of());
    }
    Manifest manifest = entry.manifest();
    long size = manifest.config().size();
    List<InspectResult.Layer> layers = new ArrayList<>();
    for (Descriptor layer : manifest.layers()) {
      size += layer.size();
      LayerKind kind = LayerKind.of(layer);
      Descriptor toc = kind == LayerKind.ESTARGZ ? tocs.find(layer) : null;
      layers.add(
          new InspectResult.Layer(
              layer.digest(),
              layer.mediaType(),
              layer.size(),
              kind,
              kind.lazy() ? LayerKind.tocDigest(layer) : null,
              toc == null ? null : toc.digest()));
    }
    return new InspectResult.PlatformImage(
        entry.platform(source),
        descriptor.digest(),
        descriptor.mediaType(),
        true,
        manifest.config().digest(),
        size,
        layers);
  }
}
