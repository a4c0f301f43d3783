package dev.starling.shell.image;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.StarlingCommand;
import dev.starling.api.content.ImageSource;
import dev.starling.api.content.ImageStore;
import dev.starling.api.content.ImageStore.StoredImage;
import dev.starling.api.copy.PlatformSelection;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.image.Manifest;
import dev.starling.api.image.Platform;
import dev.starling.api.image.RawManifest;
import dev.starling.api.reference.RegistryReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The {@code ls} command. */
@Command(
    name = "ls",
    aliases = "list",
    description = "List the images of the local image store.",
    footer = {
      "",
      "SIZE counts what lies in the store; PLATFORMS are those that were fetched or made.",
      "",
      "Example:",
      "  starling ls --format json",
      "",
      "See also: pull, rm, inspect, help storage"
    })
public final class LsCommand implements StarlingCommand<LsResult> {

  @Option(
      names = {"-q", "--quiet"},
      description = "Print only the names.")
  private boolean namesOnly;

  @Override
  public LsResult run(CommandContext context) throws IOException {
    ImageStore store = context.transports().store();
    List<LsResult.Entry> entries = new ArrayList<>();
    for (StoredImage image : store.list()) {
      entries.add(entry(store, image));
    }
    return new LsResult(entries, namesOnly);
  }

  private static LsResult.Entry entry(ImageStore store, StoredImage image) throws IOException {
    RegistryReference reference = ImageNames.parseRegistry(image.name());
    Map<Digest, Long> sizes = new HashMap<>();
    List<Platform> platforms = new ArrayList<>();
    boolean lazy = true;
    try (ImageSource source = store.source(reference)) {
      RawManifest root = source.manifest(image.descriptor().digest().toString());
      sizes.put(root.digest(), (long) root.bytes().length);
      for (ImageEntry entry : ImageEntry.list(source, root, PlatformSelection.all())) {
        if (entry.raw() == null) {
          continue;
        }
        Manifest manifest = entry.manifest();
        sizes.put(entry.descriptor().digest(), entry.descriptor().size());
        sizes.put(manifest.config().digest(), manifest.config().size());
        manifest.layers().forEach(layer -> sizes.put(layer.digest(), layer.size()));
        lazy &= isLazy(manifest.layers());
        Platform platform = entry.platform(source);
        if (platform != null) {
          platforms.add(platform);
        }
      }
      long size = sizes.values().stream().mapToLong(Long::longValue).sum();
      return new LsResult.Entry(
          image.name(), root.mediaType(), root.digest(), size, platforms, lazy);
    }
  }

  private static boolean isLazy(List<Descriptor> layers) {
    return layers.stream().allMatch(layer -> LayerKind.of(layer).lazy());
  }
}
