package dev.starling.convert;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.ImageReferences;
import dev.starling.api.command.PlatformOptions;
import dev.starling.api.command.RegistryOptions;
import dev.starling.api.command.StarlingCommand;
import dev.starling.api.content.ImageSource;
import dev.starling.api.content.Transports;
import dev.starling.api.reference.Reference;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The {@code convert} command. */
@Command(
    name = "convert",
    description = "Convert an image so that it can be pulled lazily.",
    footer = {
      "",
      "A bare SOURCE is looked up in the local image store, then in its registry. A bare TARGET is",
      "kept in the local image store; one with a scheme (http://, https://, local://) is written",
      "there and nowhere else. With --estargz-external-toc the TOC image TARGET-esgztoc is written",
      "beside it, and starling push takes it along.",
      "",
      "Example:",
      "  starling convert --oci --estargz ghcr.io/acme/app:1.0 registry.example/app:1.0-esgz",
      "",
      "See also: optimize, check, push, help prefetch, help names"
    })
public final class ConvertCommand implements StarlingCommand<ConvertResult> {

  @Parameters(
      index = "0",
      paramLabel = "SOURCE",
      completionCandidates = ImageReferences.ByScheme.class,
      description = "The image to convert.")
  private String source = "";

  @Parameters(
      index = "1",
      paramLabel = "TARGET",
      completionCandidates = ImageReferences.ByScheme.class,
      description = "The name of the result.")
  private String target = "";

  @Option(names = "--push", description = "Push a bare TARGET to its registry.")
  private boolean push;

  @Option(
      names = "--store",
      description = "Keep the result in the local image store (the default without --push).")
  private boolean store;

  @Option(
      names = "--dry-run",
      description = "Say what would be converted, kept, copied and written, and write nothing.")
  private boolean dryRun;

  @Mixin private ConversionOptions conversion = new ConversionOptions();
  @Mixin private PlatformOptions platforms = new PlatformOptions();
  @Mixin private RegistryOptions registry = new RegistryOptions();

  @Override
  public ConvertResult run(CommandContext context) throws IOException {
    ConversionRequest request = conversion.request(platforms.selection(PlatformOptions.host()));
    Reference from = Reference.parse(source);
    Transports.Http http = registry.schemeOnly();
    if (dryRun) {
      return plan(context, request, from, Reference.parse(target));
    }
    try (ImageSource images = SourceLookup.open(context.transports(), from, http);
        ConversionJob job =
            ConversionJob.open(
                context,
                new ConversionJob.Names(source, target),
                http,
                new ConversionJob.Bare(push, store),
                request.conversion())) {
      return job.run(images, request, LayerListener.logging(context.log()));
    }
  }

  private ConvertResult plan(
      CommandContext context, ConversionRequest request, Reference from, Reference to)
      throws IOException {
    LayerConversion layers = request.conversion();
    Reference tocName =
        layers != null && layers.makesExternalTocs() ? TocImageWriter.nameFor(target, to) : null;
    Transports.Http http = registry.schemeOnly();
    ConversionJob.Bare bare = new ConversionJob.Bare(push, store);
    try (ImageSource images = SourceLookup.open(context.transports(), from, http);
        Places places = Places.open(context.transports(), from, to, http, bare)) {
      ConversionPlan plan =
          new DryRun(images, places.list(), context.directories().work())
              .plan(from.selector(), request)
              .withTocImage(tocName == null ? null : tocName.toString());
      List<String> written = places.list().stream().map(Places.Place::where).toList();
      return new ConvertResult(
          source,
          target,
          null,
          null,
          List.of(),
          ConversionJob.codec(request.conversion()),
          written,
          0,
          null,
          plan,
          null);
    }
  }
}
