package dev.starling.shell.image;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.ImageReferences;
import dev.starling.api.command.PlatformOptions;
import dev.starling.api.command.RegistryOptions;
import dev.starling.api.command.StarlingCommand;
import dev.starling.api.content.ImageSink;
import dev.starling.api.content.ImageSource;
import dev.starling.api.copy.CopiedBlob;
import dev.starling.api.copy.CopiedImage;
import dev.starling.api.copy.CopyOptions;
import dev.starling.api.copy.ImageCopy;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Platform;
import dev.starling.api.job.Progress;
import dev.starling.api.reference.RegistryReference;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The {@code pull} command. */
@Command(
    name = "pull",
    description = "Fetch an image from its registry into the local image store.",
    footer = {
      "",
      "Fetches the platform Starling runs on, or those asked for; the index of a multi-platform",
      "image keeps its digest. With --plain-http the registry is reached by HTTP. A pull that was",
      "interrupted goes on where it stopped. The TOC image of an image with an external TOC comes",
      "along.",
      "",
      "Examples:",
      "  starling pull ghcr.io/acme/app:1.0",
      "  starling pull --platform linux/amd64 ghcr.io/acme/app:1.0",
      "",
      "See also: push, ls, rpull, help names, help settings"
    })
public final class PullCommand implements StarlingCommand<PullResult> {

  @Parameters(
      index = "0",
      paramLabel = "REF",
      completionCandidates = ImageReferences.class,
      description = "The image to fetch.")
  private String image = "";

  @Mixin private PlatformOptions platforms = new PlatformOptions();
  @Mixin private RegistryOptions registry = new RegistryOptions();

  @Override
  public PullResult run(CommandContext context) throws IOException {
    RegistryReference reference = ImageNames.parseRegistry(image);
    CopyOptions options =
        new CopyOptions(
            ImageNames.shown(reference),
            platforms.selection(PlatformOptions.host()),
            CopyOptions.IncompleteIndex.KEEP,
            context.transports().parallelTransfers(),
            null,
            Progress.State.DOWNLOADING,
            context.progress(),
            context.log(),
            context.cancellation());
    try (ImageSource source = context.transports().source(reference, registry.bareIsHttp());
        ImageSink sink = context.transports().store().sink(reference)) {
      String tag = reference.digest() == null ? reference.tag() : null;
      CopiedImage copied = new ImageCopy(source, sink, options).copy(reference.selector(), tag);
      TocCompanion toc = toc(context, source, sink, reference, copied, options);
      return result(reference, copied, toc);
    }
  }

  /** Fetches the TOC image, if the layers that are in the store now say that there is one. */
  private static @Nullable TocCompanion toc(
      CommandContext context,
      ImageSource source,
      ImageSink sink,
      RegistryReference reference,
      CopiedImage copied,
      CopyOptions options)
      throws IOException {
    List<Descriptor> layers = copied.blobs().stream().map(CopiedBlob::blob).toList();
    try (ImageSource store = context.transports().storeSource(reference)) {
      return TocCompanion.anyExternal(store, layers)
          ? TocCompanion.copy(source, reference, sink, reference, options)
          : null;
    }
  }

  private static PullResult result(
      RegistryReference reference, CopiedImage copied, @Nullable TocCompanion toc) {
    String name = reference.canonical();
    List<Platform> platforms =
        copied.manifests().stream()
            .map(Descriptor::platform)
            .filter(Objects::nonNull)
            .map(Objects::requireNonNull)
            .toList();
    return new PullResult(
        name,
        copied.root().digest(),
        copied.root().mediaType(),
        platforms,
        Transfer.of(copied.blobs()),
        toc,
        "starling convert --oci --estargz " + name + " TARGET");
  }
}
