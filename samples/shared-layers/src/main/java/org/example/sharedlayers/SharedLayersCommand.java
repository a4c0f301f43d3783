package org.example.sharedlayers;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandException;
import dev.starling.api.command.ImageReferences;
import dev.starling.api.command.PlatformNames;
import dev.starling.api.command.RegistryOptions;
import dev.starling.api.command.StarlingCommand;
import dev.starling.api.command.UsageException;
import dev.starling.api.content.ImageSource;
import dev.starling.api.content.Transports;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Index;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.Platform;
import dev.starling.api.image.RawManifest;
import dev.starling.api.job.Progress;
import dev.starling.api.reference.Reference;
import dev.starling.api.reference.RegistryReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code shared-layers}. */
@Command(
    name = "shared-layers",
    description = "Tell which part of images is in others too, and so is kept and fetched once.",
    footer = {"", "Example:", "  starling shared-layers team/app:1.0 team/app:1.1 team/web:2.3"})
public final class SharedLayersCommand implements StarlingCommand<SharedLayers> {

  @Parameters(
      arity = "2..*",
      paramLabel = "IMAGE",
      completionCandidates = ImageReferences.class,
      description = "The images; at least two.")
  private List<String> images = new ArrayList<>();

  @Option(
      names = "--platform",
      paramLabel = "PLATFORM",
      completionCandidates = PlatformNames.class,
      description = "The platform, <os>/<arch>[/<variant>]. Default: the one Starling runs on.")
  private String platform = "";

  @Mixin private RegistryOptions registry = new RegistryOptions();

  @Override
  public SharedLayers run(CommandContext context) throws IOException {
    SequencedMap<String, List<Descriptor>> layers = new LinkedHashMap<>();
    for (String image : images) {
      context.cancellation().check();
      try (Progress.Item item = context.progress().begin(image, Progress.State.RESOLVING, -1)) {
        layers.put(image, layers(image, context.transports()));
        item.finish(Progress.State.DONE);
      }
    }
    return SharedLayers.of(layers);
  }

  private List<Descriptor> layers(String image, Transports transports) throws IOException {
    Reference reference = Reference.parse(image);
    try (ImageSource source = open(transports, reference)) {
      RawManifest raw = source.manifest(reference.selector());
      if (!raw.isIndex()) {
        return Manifest.parse(raw).layers();
      }
      Platform wanted = wantedPlatform();
      for (Descriptor entry : Index.parse(raw).manifests()) {
        if (entry.platform() != null && wanted.accepts(entry.platform())) {
          return Manifest.parse(source.manifest(entry.digest().toString())).layers();
        }
      }
      throw new CommandException(
          image + " has no image for " + wanted + "; 'starling inspect " + image + "' lists them");
    }
  }

  private ImageSource open(Transports transports, Reference reference) throws IOException {
    if (reference instanceof RegistryReference name
        && !name.hasScheme()
        && transports.store().find(name).isPresent()) {
      return transports.storeSource(name);
    }
    return transports.source(reference, registry.bareIsHttp());
  }

  private Platform wantedPlatform() {
    try {
      return platform.isEmpty() ? Platform.host() : Platform.parse(platform);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }
}
