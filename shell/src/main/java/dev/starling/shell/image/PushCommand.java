package dev.starling.shell.image;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandException;
import dev.starling.api.command.ImageReferences;
import dev.starling.api.command.PlatformOptions;
import dev.starling.api.command.RegistryOptions;
import dev.starling.api.command.StarlingCommand;
import dev.starling.api.command.UsageException;
import dev.starling.api.content.ImageSink;
import dev.starling.api.content.ImageSource;
import dev.starling.api.content.Transports;
import dev.starling.api.copy.CopiedImage;
import dev.starling.api.copy.CopyOptions;
import dev.starling.api.copy.ImageCopy;
import dev.starling.api.copy.PlatformSelection;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.RawManifest;
import dev.starling.api.job.Progress;
import dev.starling.api.reference.LayoutReference;
import dev.starling.api.reference.Reference;
import dev.starling.api.reference.RegistryReference;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The {@code push} command. */
@Command(
    name = "push",
    description = "Send an image of the local image store to a registry.",
    footer = {
      "",
      "Without TARGET the image goes to the registry that its name says. A bare REF is looked up",
      "in the local image store, then in its registry. All platforms that are there are sent; an",
      "index of which some are missing is narrowed to the others and gets a new digest. With",
      "--plain-http a bare name's registry is reached by HTTP. What the registry has is not sent",
      "again. The TOC image of an image with an external TOC goes along.",
      "",
      "Examples:",
      "  starling push registry.example/app:1.0",
      "  starling push ghcr.io/acme/app:1.0 registry.example/app:1.0",
      "",
      "See also: pull, convert, help names, help settings"
    })
public final class PushCommand implements StarlingCommand<PushResult> {

  @Parameters(
      index = "0",
      paramLabel = "REF",
      completionCandidates = ImageReferences.class,
      description = "The image to send.")
  private String image = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TARGET",
      completionCandidates = ImageReferences.class,
      description = "Where to, if not under its own name.")
  private @Nullable String target;

  @Mixin private PlatformOptions platforms = new PlatformOptions();
  @Mixin private RegistryOptions registry = new RegistryOptions();

  @Override
  public PushResult run(CommandContext context) throws IOException {
    Reference from = ImageNames.parse(image);
    Reference to = target == null ? from : ImageNames.parse(target);
    Transports transports = context.transports();
    Transports.Http http = registry.bareIsHttp();
    try (ImageLookup found = open(transports, from, http);
        ImageSink sink = transports.sink(to, http)) {
      CopyOptions options = options(context, from, mountFrom(found, from, to));
      ImageSource source = found.source();
      RawManifest root = source.manifest(found.selector());
      List<Descriptor> layers = TocCompanion.layers(source, root, options);
      // First, so that whoever sees the image can read it.
      TocCompanion toc =
          TocCompanion.anyExternal(source, layers)
              ? TocCompanion.copy(source, from, sink, to, options)
              : null;
      CopiedImage copied =
          new ImageCopy(source, sink, options)
              .copy(found.selector(), to.digest() == null ? to.tag() : null);
      return result(from, to, copied, toc);
    }
  }

  private ImageLookup open(Transports transports, Reference from, Transports.Http http)
      throws IOException {
    if (target != null) {
      return ImageLookup.open(transports, from, http);
    }
    return switch (from) {
      case LayoutReference _ ->
          throw new UsageException(
              "'" + image + "' is in a directory already; name a TARGET to push it to");
      case RegistryReference name -> {
        if (transports.store().find(name).isEmpty()) {
          throw new CommandException(
              "the local image store has no %s; pull or convert it first, or see: starling ls"
                  .formatted(name.canonical()));
        }
        yield ImageLookup.stored(transports, name);
      }
    };
  }

  private static @Nullable String mountFrom(ImageLookup found, Reference from, Reference to) {
    return from instanceof RegistryReference source
            && to instanceof RegistryReference sink
            && !found.place().equals(ImageLookup.STORE)
            && source.host().equals(sink.host())
            && !source.repository().equals(sink.repository())
        ? source.repository()
        : null;
  }

  private CopyOptions options(CommandContext context, Reference from, @Nullable String mountFrom) {
    return new CopyOptions(
        ImageNames.shown(from),
        platforms.selection(PlatformSelection.all()),
        CopyOptions.IncompleteIndex.NARROW,
        context.transports().parallelTransfers(),
        mountFrom,
        Progress.State.PUSHING,
        context.progress(),
        context.log(),
        context.cancellation());
  }

  private PushResult result(
      Reference from, Reference to, CopiedImage copied, @Nullable TocCompanion toc) {
    String name = ImageNames.shown(to);
    return new PushResult(
        ImageNames.shown(from),
        name,
        ImageLookup.place(to),
        copied.root().digest(),
        copied.root().mediaType(),
        copied.narrowed(),
        Transfer.of(copied.blobs()),
        toc,
        switch (to) {
          case RegistryReference _ -> "starling pull " + name;
          case LayoutReference _ -> "starling check " + name;
        });
  }
}
