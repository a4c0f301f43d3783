package dev.starling.shell.image;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.ImageReferences;
import dev.starling.api.command.PlatformOptions;
import dev.starling.api.command.RegistryOptions;
import dev.starling.api.command.StarlingCommand;
import dev.starling.api.content.ImageSink;
import dev.starling.api.content.Transports;
import dev.starling.api.copy.CopyOptions;
import dev.starling.api.copy.ImageCopy;
import dev.starling.api.copy.PlatformSelection;
import dev.starling.api.image.Digest;
import dev.starling.api.image.RawManifest;
import dev.starling.api.job.Progress;
import dev.starling.api.reference.Reference;
import dev.starling.api.reference.RegistryReference;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The {@code tag} command. */
@Command(
    name = "tag",
    description = "Give an image another name.",
    footer = {
      "",
      "A bare SOURCE is looked up in the local image store, then in its registry; a bare TARGET",
      "names an image of the local image store, and takes the name away from whatever had it. An",
      "image that is elsewhere is fetched first; with a scheme (http://, https://, local://) the",
      "TARGET is written there and nowhere else.",
      "",
      "Example:",
      "  starling tag ghcr.io/acme/app:1.0 registry.example/app:1.0",
      "",
      "See also: ls, rm, push, help names"
    })
public final class TagCommand implements StarlingCommand<TagResult> {

  @Parameters(
      index = "0",
      paramLabel = "SOURCE",
      completionCandidates = ImageReferences.class,
      description = "The image.")
  private String source = "";

  @Parameters(
      index = "1",
      paramLabel = "TARGET",
      completionCandidates = ImageReferences.class,
      description = "Its other name.")
  private String target = "";

  @Mixin private PlatformOptions platforms = new PlatformOptions();
  @Mixin private RegistryOptions registry = new RegistryOptions();

  @Override
  public TagResult run(CommandContext context) throws IOException {
    Reference from = ImageNames.parse(source);
    Reference to = ImageNames.parse(target);
    Transports transports = context.transports();
    boolean toStore = to instanceof RegistryReference && !to.hasScheme();
    try (ImageLookup found = ImageLookup.open(transports, from, registry.bareIsHttp());
        ImageSink sink =
            to instanceof RegistryReference name && toStore
                ? transports.store().sink(name)
                : transports.sink(to, registry.bareIsHttp())) {
      String tag = to.digest() == null ? to.tag() : null;
      Digest digest =
          toStore && found.place().equals(ImageLookup.STORE)
              ? retag(found, sink, tag)
              : copy(context, found, sink, tag, toStore);
      String name = ImageNames.shown(to);
      return new TagResult(
          ImageNames.shown(from),
          name,
          toStore ? ImageLookup.STORE : ImageLookup.place(to),
          digest,
          (toStore ? "starling push " : "starling inspect ") + name);
    }
  }

  /** Within the store only the name is new: all blobs are shared. */
  private static Digest retag(ImageLookup found, ImageSink sink, @Nullable String tag)
      throws IOException {
    RawManifest raw = found.source().manifest(found.selector());
    sink.putManifest(raw, tag);
    return raw.digest();
  }

  private Digest copy(
      CommandContext context,
      ImageLookup found,
      ImageSink sink,
      @Nullable String tag,
      boolean toStore)
      throws IOException {
    CopyOptions options =
        new CopyOptions(
            source,
            platforms.selection(toStore ? PlatformOptions.host() : PlatformSelection.all()),
            toStore ? CopyOptions.IncompleteIndex.KEEP : CopyOptions.IncompleteIndex.NARROW,
            context.transports().parallelTransfers(),
            null,
            toStore ? Progress.State.DOWNLOADING : Progress.State.PUSHING,
            context.progress(),
            context.log(),
            context.cancellation());
    return new ImageCopy(found.source(), sink, options).copy(found.selector(), tag).root().digest();
  }
}
