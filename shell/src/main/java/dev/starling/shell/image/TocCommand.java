package dev.starling.shell.image;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.CommandException;
import dev.starling.api.command.ImageReferences;
import dev.starling.api.command.RegistryOptions;
import dev.starling.api.command.StarlingCommand;
import dev.starling.api.command.UsageException;
import dev.starling.api.content.ContentNotFoundException;
import dev.starling.api.content.CorruptContentException;
import dev.starling.api.content.ImageSource;
import dev.starling.api.content.RandomAccessBlob;
import dev.starling.api.estargz.UnverifiedToc;
import dev.starling.api.image.Descriptor;
import dev.starling.api.image.Digest;
import dev.starling.api.reference.Reference;
import dev.starling.shell.image.TocResult.LayerToc;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The {@code toc} command. */
@Command(
    name = "toc",
    description = "Show the TOCs of an image's layers, or print one byte for byte.",
    footer = {
      "",
      "A bare REF is looked up in the local image store, then in its registry, with --plain-http",
      "by HTTP; of a layer in a registry only the TOC is fetched. With --layer alone the digest of",
      "that layer's TOC is printed. A TOC that is not what the layer's descriptor says is an error.",
      "External TOCs are read from the TOC image beside the image.",
      "",
      "Examples:",
      "  starling toc registry.example/app:1.0-esgz",
      "  starling toc --layer 2 --dump registry.example/app:1.0-esgz | jq '.entries[].name'",
      "",
      "See also: inspect, check, help lazy"
    })
public final class TocCommand implements StarlingCommand<TocResult> {

  @Parameters(
      index = "0",
      paramLabel = "REF",
      completionCandidates = ImageReferences.class,
      description = "The image.")
  private String image = "";

  @Option(
      names = "--layer",
      paramLabel = "N|DIGEST",
      description = "Only this layer, by its number from the base, beginning with 1, or digest.")
  private @Nullable String layer;

  @Option(
      names = {"--dump", "--dump-toc"},
      description = "Print the TOC itself.")
  private boolean dump;

  @Mixin private OnePlatformOption platform = new OnePlatformOption();
  @Mixin private RegistryOptions registry = new RegistryOptions();

  @Override
  public TocResult run(CommandContext context) throws IOException {
    Reference reference = ImageNames.parse(image);
    try (ImageLookup found =
        ImageLookup.open(context.transports(), reference, registry.bareIsHttp())) {
      List<Descriptor> layers =
          platform
              .choose(found.source(), found.source().manifest(found.selector()))
              .manifest()
              .layers();
      List<Integer> numbers = numbers(layers);
      if (dump && numbers.size() != 1) {
        throw new UsageException(
            "--dump prints one TOC; choose with --layer 1 to --layer " + layers.size());
      }
      LayerTocs where = found.tocs(reference);
      List<LayerToc> tocs = new ArrayList<>();
      for (int number : numbers) {
        context.cancellation().check();
        tocs.add(read(context, found.source(), where, number, layers.get(number - 1)));
      }
      return new TocResult(ImageNames.shown(reference), found.place(), tocs, layer != null, dump);
    }
  }

  /** The numbers of the layers that are meant. */
  private List<Integer> numbers(List<Descriptor> layers) throws CommandException {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      if (layer == null
          || layer.equals(Integer.toString(i + 1))
          || layer.equals(layers.get(i).digest().toString())) {
        numbers.add(i + 1);
      }
    }
    if (numbers.isEmpty()) {
      throw new CommandException(
          "%s has no layer %s; it has 1 to %d".formatted(image, layer, layers.size()));
    }
    return numbers;
  }

  private LayerToc read(
      CommandContext context, ImageSource source, LayerTocs tocs, int number, Descriptor blob)
      throws IOException {
    LayerKind kind = LayerKind.of(blob);
    if (!kind.lazy() && layer == null) {
      return new LayerToc(number, blob.digest(), kind, null, 0, 0, false, null);
    }
    try (RandomAccessBlob content = source.openRandomAccess(blob)) {
      UnverifiedToc toc = tocs.read(content, blob);
      Digest claimed = LayerKind.tocDigest(blob);
      byte[] json = toc.json();
      int entries = toc.verify(claimed == null ? toc.digest() : claimed).entries().size();
      OutputStream raw = context.rawOutput();
      if (dump && raw != null) {
        raw.write(json);
      }
      return new LayerToc(
          number,
          blob.digest(),
          kind,
          toc.digest(),
          entries,
          json.length,
          claimed != null,
          dump && raw == null ? new String(json, StandardCharsets.UTF_8) : null);
    } catch (CorruptContentException | ContentNotFoundException e) {
      throw new CommandException(
          "%s: layer %d (%s): %s".formatted(image, number, blob.digest(), e.getMessage()), e);
    }
  }
}
