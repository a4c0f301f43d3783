package org.example.sizereport;

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
import dev.starling.api.tar.Decompression;
import dev.starling.api.tar.TarEntry;
import dev.starling.api.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code size-report}. */
@Command(
    name = "size-report",
    description = "Tell where the bytes of an image are: by folder, file extension or layer.",
    footer = {
      "",
      "A bare name is looked up in the local image store, then in its registry.",
      "",
      "Examples:",
      "  starling size-report debian:12",
      "  starling size-report --by extension --below /usr --top 5 debian:12"
    })
public final class SizeReportCommand implements StarlingCommand<SizeReport> {

  @Parameters(
      index = "0",
      paramLabel = "IMAGE",
      completionCandidates = ImageReferences.class,
      description = "The image.")
  private String image = "";

  @Option(
      names = "--by",
      description = "What to group files by: ${COMPLETION-CANDIDATES}. Default: folder.")
  private Grouping by = Grouping.FOLDER;

  @Option(
      names = "--below",
      paramLabel = "FOLDER",
      completionCandidates = Folders.class,
      description = "Only the files in this folder.")
  private String below = "";

  @Option(
      names = "--depth",
      paramLabel = "N",
      description = "With --by folder: how many folders deep. Default: ${DEFAULT-VALUE}.")
  private int depth = 2;

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "How many groups to show, the largest first. Default: ${DEFAULT-VALUE}.")
  private int top = 20;

  @Option(
      names = "--platform",
      paramLabel = "PLATFORM",
      completionCandidates = PlatformNames.class,
      description = "The platform, <os>/<arch>[/<variant>]. Default: the one Starling runs on.")
  private String platform = "";

  @Mixin private RegistryOptions registry = new RegistryOptions();

  @Override
  public SizeReport run(CommandContext context) throws IOException {
    if (depth < 1 || top < 1) {
      throw new UsageException("--depth and --top are 1 or more");
    }
    Reference reference = Reference.parse(image);
    FileTable files = new FileTable();
    try (ImageSource source = open(context.transports(), reference)) {
      for (Descriptor layer : manifest(source, reference).layers()) {
        context.cancellation().check();
        files.nextLayer();
        read(source, layer, files, context.progress());
      }
    }
    return new Report(by, depth, below).of(image, files, top);
  }

  private ImageSource open(Transports transports, Reference reference) throws IOException {
    if (reference instanceof RegistryReference name
        && !name.hasScheme()
        && transports.store().find(name).isPresent()) {
      return transports.storeSource(name);
    }
    return transports.source(reference, registry.bareIsHttp());
  }

  private Manifest manifest(ImageSource source, Reference reference) throws IOException {
    RawManifest raw = source.manifest(reference.selector());
    if (!raw.isIndex()) {
      return Manifest.parse(raw);
    }
    Platform wanted = wantedPlatform();
    for (Descriptor entry : Index.parse(raw).manifests()) {
      if (entry.platform() != null && wanted.accepts(entry.platform())) {
        return Manifest.parse(source.manifest(entry.digest().toString()));
      }
    }
    throw new CommandException(
        image + " has no image for " + wanted + "; 'starling inspect " + image + "' lists them");
  }

  private Platform wantedPlatform() {
    try {
      return platform.isEmpty() ? Platform.host() : Platform.parse(platform);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }

  private static void read(
      ImageSource source, Descriptor layer, FileTable files, Progress progress)
      throws IOException {
    String label = layer.digest().hex().substring(0, 12);
    try (Progress.Item item = progress.begin(label, Progress.State.CHECKING, layer.size());
        InputStream blob = new CountingInput(source.openBlob(layer), item);
        InputStream content = Decompression.open(blob)) {
      TarReader tar = new TarReader(content);
      for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
        files.add(entry);
      }
      tar.drain(); // to the end, where the digest is verified
      item.finish(Progress.State.DONE);
    }
  }
}
