package dev.starling.shell.image;

import dev.starling.api.command.CommandContext;
import dev.starling.api.command.ImageReferences;
import dev.starling.api.command.PlatformOptions;
import dev.starling.api.command.RegistryOptions;
import dev.starling.api.command.StarlingCommand;
import dev.starling.api.copy.PlatformSelection;
import dev.starling.api.image.RawManifest;
import dev.starling.api.reference.Reference;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The {@code check} command. */
@Command(
    name = "check",
    description = "Verify every digest, TOC and chunk of an image.",
    footer = {
      "",
      "A bare REF is looked up in the local image store, then in its registry, with --plain-http",
      "by HTTP. Checks all platforms that are there unless some are asked for. Ends with exit code",
      "1 if anything is wrong, and says with which layer. External TOCs are read from the TOC image",
      "beside the image.",
      "",
      "Example:",
      "  starling check registry.example/app:1.0-esgz",
      "",
      "See also: inspect, toc, convert, help trouble"
    })
public final class CheckCommand implements StarlingCommand<CheckResult> {

  @Parameters(
      index = "0",
      paramLabel = "REF",
      completionCandidates = ImageReferences.class,
      description = "The image.")
  private String image = "";

  @Mixin private PlatformOptions platforms = new PlatformOptions();
  @Mixin private RegistryOptions registry = new RegistryOptions();

  @Override
  public CheckResult run(CommandContext context) throws IOException {
    Reference reference = ImageNames.parse(image);
    PlatformSelection wanted = platforms.selection(PlatformSelection.all());
    try (ImageLookup found =
        ImageLookup.open(context.transports(), reference, registry.bareIsHttp())) {
      RawManifest root = found.source().manifest(found.selector());
      return new CheckResult(
          ImageNames.shown(reference),
          found.place(),
          root.digest(),
          new ImageCheck(found.source(), found.tocs(reference), context).check(root, wanted));
    }
  }
}
